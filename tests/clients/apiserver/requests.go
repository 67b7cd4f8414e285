package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/server"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
)

// requests are what people, programs and strangers ask of an API server: a name, who asks (as user:group), what.
var requests = []struct{ name, who, method, target string }{
	{"list", "alice", "GET", "/api/v1/namespaces/shop/pods?limit=500"},
	{"secret", "alice", "GET", "/api/v1/namespaces/shop/secrets/db"},
	{"create", "alice", "POST", "/apis/apps/v1/namespaces/shop/deployments"},
	{"delete", "alice", "DELETE", "/api/v1/namespaces/shop/pods/web"},
	{"watch", "alice", "GET", "/api/v1/pods?watch=true"},
	{"forbidden", "mallory", "GET", "/api/v1/secrets"},
	{"refused", "nobody", "GET", "/api/v1/secrets"},
	{"refused-probe", "nobody", "GET", "/healthz"},
	{"panic", "alice", "GET", "/api/v1/namespaces/shop/pods/panic"},
	{"unicode", "alice", "GET", "/api/v1/namespaces/shop/pods/" + "%E6%97%A5%E6%9C%AC"},
	{"version", "alice", "GET", "/version"},
	{"probe-of-a-person", "alice", "GET", "/healthz"},
	{"probe-of-anonymous", "system:anonymous:system:unauthenticated", "GET", "/livez"},
	{"probe-of-a-node", "system:node:n1:system:nodes", "GET", "/healthz"},
	{"pods-of-a-node", "system:node:n1:system:nodes", "GET", "/api/v1/pods"},
	{"lease-of-a-node", "system:node:n1:system:nodes", "PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1"},
	{"lease-of-the-scheduler", "system:kube-scheduler", "PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler"},
	{"deleted-lease-of-the-scheduler", "system:kube-scheduler", "DELETE", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/x"},
	{"lease-of-a-person", "alice", "PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler"},
}

// request sends them all and gives the status of each; the request's name is its audit id.
func request(config *server.Config) map[string]int {
	front := httptest.NewUnstartedServer(server.DefaultBuildHandlerChain(http.HandlerFunc(api), config))
	front.Config.ErrorLog = log.New(io.Discard, "", 0) // the trace of the panic that is asked for
	front.Start()
	defer front.Close()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // which would ask again after a panic
	given := map[string]int{}
	for _, one := range requests {
		asked, err := http.NewRequest(one.method, front.URL+one.target, nil)
		check(err)
		asked.Header.Set("Audit-ID", one.name)
		asked.Header.Set("Authorization", "Bearer "+one.who)
		answer, err := client.Do(asked)
		if err != nil { // a panic breaks the connection off
			given[one.name] = 0
			continue
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		check(answer.Body.Close())
		given[one.name] = answer.StatusCode
	}
	return given
}

// api answers what the chain lets through.
func api(w http.ResponseWriter, asked *http.Request) {
	if strings.HasSuffix(asked.URL.Path, "/panic") {
		panic("asked to")
	}
	w.WriteHeader(http.StatusOK)
	if asked.URL.Query().Has("watch") {
		w.(http.Flusher).Flush()
		time.Sleep(100 * time.Millisecond)
	}
}

// newConfig makes the configuration of a server that knows nobody's token but believes every name in it but one.
func newConfig() *server.Config {
	scheme, version := runtime.NewScheme(), schema.GroupVersion{Version: "v1"}
	metav1.AddToGroupVersion(scheme, version)
	scheme.AddUnversionedTypes(version, &metav1.Status{})
	config := server.NewConfig(serializer.NewCodecFactory(scheme))
	config.FeatureGate = utilfeature.DefaultFeatureGate
	config.RequestInfoResolver = server.NewRequestInfoResolver(config)
	config.Authentication.Authenticator = authenticator.RequestFunc(authenticate)
	config.Authorization.Authorizer = authorizer.AuthorizerFunc(authorize)
	return config
}

func authenticate(asked *http.Request) (*authenticator.Response, bool, error) {
	who := strings.TrimPrefix(asked.Header.Get("Authorization"), "Bearer ")
	if who == "nobody" {
		return nil, false, nil
	}
	name, group := who, "system:authenticated"
	if at := strings.LastIndex(who, ":system:"); at > 0 {
		name, group = who[:at], who[at+1:]
	}
	return &authenticator.Response{User: &user.DefaultInfo{Name: name, Groups: []string{group}}}, true, nil
}

func authorize(_ context.Context, asked authorizer.Attributes) (authorizer.Decision, string, error) {
	if asked.GetUser().GetName() == "mallory" {
		return authorizer.DecisionDeny, "mallory may not", nil
	}
	return authorizer.DecisionAllow, "everybody else may", nil
}
