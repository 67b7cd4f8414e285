// Program apiserver is the audit side of an API server and nothing behind it: the flags, the policy, the filters and the
// backends are those of k8s.io/apiserver. It takes orders on standard input, one a line, and says in JSON that each is done:
//
//	requests            send the requests of requests.go through the handler chain
//	events N RATE       hand N events of events.go to the backends, RATE a second; 0 is as fast as they are taken
//
// At the end of the input it shuts down as an API server does and says what its metrics counted.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"
	"sync"
	"time"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/runtime"
	auditinternal "k8s.io/apiserver/pkg/apis/audit"
	auditv1 "k8s.io/apiserver/pkg/apis/audit/v1"
	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/server/options"
	"k8s.io/component-base/metrics/legacyregistry"
	"k8s.io/klog/v2"
)

func main() {
	flags := pflag.NewFlagSet("apiserver", pflag.ExitOnError)
	chosen := options.NewAuditOptions()
	chosen.AddFlags(flags)
	made := flags.String("made", "", "file for every event that is handed to the backends, one a line")
	lost := flags.String("lost", "", "file for every event that a backend says it has lost: auditID and stage")
	check(flags.Parse(os.Args[1:]))
	for _, err := range chosen.Validate() {
		check(err)
	}
	watchErrors(create(*lost))

	config := newConfig()
	check(chosen.ApplyTo(config))
	sink := &recorded{Backend: config.AuditBackend, made: bufio.NewWriter(create(*made))}
	config.AuditBackend = sink
	stop := make(chan struct{})
	check(sink.Run(stop))
	obey(config, sink)
	close(stop)
	sink.Shutdown()
	check(sink.made.Flush())
	klog.Flush()
	say(counted())
}

// obey carries out the orders.
func obey(config *server.Config, sink audit.Sink) {
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		var number int
		var rate float64
		if orders.Text() == "requests" {
			say(request(config))
		} else if _, err := fmt.Sscanf(orders.Text(), "events %d %g", &number, &rate); err == nil {
			began := time.Now()
			for i := 0; i < number; i++ {
				if rate > 0 {
					time.Sleep(time.Until(began.Add(time.Duration(float64(i) / rate * float64(time.Second)))))
				}
				sink.ProcessEvents(event(i))
			}
			say(map[string]float64{"seconds": time.Since(began).Seconds()})
		} else {
			log.Fatalf("no such order: %q", orders.Text())
		}
	}
}

// recorded writes down what the backends are given, as the log backend would.
type recorded struct {
	audit.Backend
	made  *bufio.Writer
	mutex sync.Mutex
}

func (r *recorded) ProcessEvents(events ...*auditinternal.Event) bool {
	r.mutex.Lock()
	for _, one := range events {
		line, err := runtime.Encode(audit.Codecs.LegacyCodec(auditv1.SchemeGroupVersion), one)
		check(err)
		_, err = r.made.Write(line)
		check(err)
	}
	r.mutex.Unlock()
	return r.Backend.ProcessEvents(events...)
}

var impacted = regexp.MustCompile(`AUDIT: id="([^"]*)" stage="([^"]*)"`)

// errorLog finds the events in what a backend logs when it gives up, and passes the first line on.
type errorLog struct{ lost *os.File }

func (e errorLog) Write(text []byte) (int, error) {
	for _, found := range impacted.FindAllSubmatch(text, -1) {
		fmt.Fprintf(e.lost, "%s %s\n", found[1], found[2])
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	fmt.Fprintf(os.Stderr, "%s\n", first)
	return len(text), nil
}

func watchErrors(lost *os.File) {
	flags := flag.NewFlagSet("klog", flag.ExitOnError)
	klog.InitFlags(flags)
	check(flags.Parse([]string{"-logtostderr=false", "-stderrthreshold=FATAL", "-one_output=true"}))
	klog.SetOutput(errorLog{lost})
}

// counted gives the audit metrics by name and label.
func counted() map[string]float64 {
	found := map[string]float64{}
	families, err := legacyregistry.DefaultGatherer.Gather()
	check(err)
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			name := family.GetName()
			for _, label := range metric.GetLabel() {
				name += " " + label.GetValue()
			}
			if metric.GetCounter() != nil && len(name) > 15 && name[:15] == "apiserver_audit" {
				found[name] = metric.GetCounter().GetValue()
			}
		}
	}
	return found
}

func create(path string) *os.File {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	check(err)
	return file
}

func say(what any) {
	check(json.NewEncoder(os.Stdout).Encode(what))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
