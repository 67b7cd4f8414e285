package main

import (
	"fmt"
	"strings"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/uuid"
	auditinternal "k8s.io/apiserver/pkg/apis/audit"
)

var (
	stages = []auditinternal.Stage{
		auditinternal.StageResponseComplete, auditinternal.StageResponseComplete, auditinternal.StageResponseStarted,
		auditinternal.StageRequestReceived, auditinternal.StagePanic,
	}
	names = []string{"alice", "Zoë Müller", "日本語", "😀", "a\u2028b", "tab\tquote\"<&>", "\xff\xfe is no UTF-8"}
)

// event makes one that differs from its neighbours in stage, level, names and size; now and then it is large.
func event(number int) *auditinternal.Event {
	now := time.Now()
	name := names[number%len(names)]
	made := &auditinternal.Event{
		Level:                    auditinternal.LevelMetadata,
		AuditID:                  uuid.NewUUID(),
		Stage:                    stages[number%len(stages)],
		RequestURI:               fmt.Sprintf("/api/v1/namespaces/n%d/pods/%s?n=%d", number%50, name, number),
		Verb:                     []string{"get", "list", "create", "delete"}[number%4],
		User:                     userOf(name),
		SourceIPs:                []string{fmt.Sprintf("10.0.%d.%d", number/250%250, number%250), "2001:db8::1"},
		UserAgent:                "kubectl/v1.31.0 (linux/amd64) " + name,
		ObjectRef:                &auditinternal.ObjectReference{Resource: "pods", Namespace: fmt.Sprintf("n%d", number%50), Name: name, APIVersion: "v1"},
		RequestReceivedTimestamp: metav1.NewMicroTime(now),
		StageTimestamp:           metav1.NewMicroTime(now.Add(time.Millisecond)),
		Annotations:              map[string]string{"authorization.k8s.io/decision": "allow", "example.com/name": name},
	}
	if made.Stage != auditinternal.StageRequestReceived {
		made.ResponseStatus = &metav1.Status{Code: 200}
	}
	if number%20 == 0 {
		made.Level = auditinternal.LevelRequestResponse
		made.RequestObject = object(`{"kind":"Pod","metadata":{"name":"p"},"spec":{"n":12345678901234567890,"f":1.0,"e":""}}`)
		made.ResponseObject = object(fmt.Sprintf(`{"kind":"Status","details":{"text":%q}}`, strings.Repeat("x", number%7000)))
	}
	if number%500 == 499 {
		made.Annotations["example.com/large"] = strings.Repeat("größer ", 30_000)
	}
	return made
}

func userOf(name string) authenticationv1.UserInfo {
	return authenticationv1.UserInfo{
		Username: name, UID: "u-1", Groups: []string{"developers", "system:authenticated"},
		Extra: map[string]authenticationv1.ExtraValue{"authentication.kubernetes.io/credential-id": {"JTI=" + name}},
	}
}

func object(text string) *runtime.Unknown {
	return &runtime.Unknown{Raw: []byte(text), ContentType: runtime.ContentTypeJSON}
}
