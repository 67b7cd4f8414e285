// Package sql reads the SQL front with ClickHouse's own Go driver, which is also what Grafana's data source reads with.
package sql

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const endless = "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))"

// plain is every type for which Grafana's data source has a converter of its own; any other is shown as JSON.
var plain = regexp.MustCompile(`^(LowCardinality\()?(Nullable\()?(String|Bool|U?Int(8|16|32|64)|Float(32|64)|Date|DateTime(\('UTC'\))?|DateTime64\(6, 'UTC'\))\)*$`)

func options(change func(*clickhouse.Options)) *clickhouse.Options {
	made := &clickhouse.Options{
		Addr:     []string{os.Getenv("AUDITRADAR_ADDRESS")},
		Protocol: clickhouse.HTTP,
		Auth:     clickhouse.Auth{Database: "audit", Username: "grafana", Password: os.Getenv("AUDITRADAR_TOKEN")},
	}
	if change != nil {
		change(made)
	}
	return made
}

func connect(t *testing.T, change func(*clickhouse.Options)) driver.Conn {
	t.Helper()
	made, err := clickhouse.Open(options(change))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.Close() })
	return made
}

// all reads every value of every row, and gives the number of rows and the types of the columns.
func all(ctx context.Context, conn driver.Conn, query string, arguments ...any) (int, []string, error) {
	rows, err := conn.Query(ctx, query, arguments...)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	count, types := 0, []string{}
	for _, column := range rows.ColumnTypes() {
		types = append(types, column.DatabaseTypeName())
	}
	for rows.Next() {
		values := make([]any, len(types))
		for place, column := range rows.ColumnTypes() {
			values[place] = reflect.New(column.ScanType()).Interface()
		}
		if err := rows.Scan(values...); err != nil {
			return count, types, err
		}
		count++
	}
	return count, types, rows.Err()
}

func code(err error) int32 {
	var said *clickhouse.Exception
	if errors.As(err, &said) {
		return said.Code
	}
	return 0
}

func TestHelloAndVersion(t *testing.T) {
	conn := connect(t, nil)
	if err := conn.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	version, err := conn.ServerVersion()
	if err != nil || version.DisplayName != "auditradar" || version.Version.Major < 25 {
		t.Fatal(version, err)
	}
}

func TestEveryTableAndViewIsRead(t *testing.T) {
	conn := connect(t, nil)
	var names []string
	if err := conn.QueryRow(context.Background(), "SELECT groupArray(name) FROM system.tables WHERE database = currentDatabase() AND engine NOT LIKE '%Dictionary' AND parameterized_view_parameters.name = []").Scan(&names); err != nil {
		t.Skip("this engine does not say which views take parameters: ", err)
	}
	for _, name := range names {
		_, types, err := all(context.Background(), conn, fmt.Sprintf("SELECT * FROM `%s` LIMIT 100", name))
		if err != nil && !strings.Contains(err.Error(), "AggregateFunction(uniqExact") { // no client reads the state of an aggregate
			t.Error(name, types, err)
		}
	}
}

// Grafana waits 60 seconds, and the driver asks for five more with every query.
func TestEveryQueryOfTheDashboardsComesBackInPlainTypes(t *testing.T) {
	text, err := os.ReadFile(os.Getenv("AUDITRADAR_QUERIES"))
	if err != nil {
		t.Fatal(err)
	}
	queries := map[string]string{}
	if err := json.Unmarshal(text, &queries); err != nil || len(queries) < 90 {
		t.Fatal(len(queries), err)
	}
	conn := connect(t, func(made *clickhouse.Options) {
		made.Compression = &clickhouse.Compression{Method: clickhouse.CompressionGZIP}
		made.HttpHeaders = map[string]string{"X-Grafana-User": "carol"}
	})
	for name, query := range queries {
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		_, types, err := all(ctx, conn, query)
		cancel()
		if err != nil {
			t.Error(name, err)
		}
		for _, kind := range types {
			if !plain.MatchString(kind) {
				t.Error(name, "gives", kind)
			}
		}
	}
}

func TestParametersOfBothKinds(t *testing.T) {
	conn := connect(t, nil)
	var first, second string
	if err := conn.QueryRow(context.Background(), "SELECT ?, @name", "it's").Scan(&first, &second); err == nil {
		t.Fatal("both kinds at once")
	}
	if err := conn.QueryRow(context.Background(), "SELECT $2, $1", `x\y`, "it's").Scan(&first, &second); err != nil || first != "it's" || second != `x\y` {
		t.Fatal(first, second, err)
	}
	ctx := clickhouse.Context(context.Background(), clickhouse.WithParameters(clickhouse.Parameters{"verb": "it's", "list": "['a','b']"}))
	var list []string
	if err := conn.QueryRow(ctx, "SELECT {verb:String}, {list:Array(String)}").Scan(&first, &list); err != nil || first != "it's" || len(list) != 2 {
		t.Fatal(first, list, err)
	}
}

func TestErrorsHaveTheirCodes(t *testing.T) {
	conn := connect(t, nil)
	for query, expected := range map[string]int32{
		"SELECT * FROM file('/etc/passwd')":  497,
		"INSERT INTO clusters VALUES ('x')":  164,
		"SELECT * FROM nosuch":               60,
		"SELECT nosuch FROM events":          47,
		"SELECT 1; SELECT 2":                 62,
		"SELECT 1 SETTINGS max_threads=1000": 452,
	} {
		if _, _, err := all(context.Background(), conn, query); code(err) != expected {
			t.Error(query, err)
		}
	}
	batch, err := conn.PrepareBatch(context.Background(), "INSERT INTO audit_access (reader, statement)")
	if err != nil {
		t.Fatal(err) // the driver only asks for the columns
	}
	if err := errors.Join(batch.Append("nobody", "SELECT 1"), batch.Send()); code(err) != 164 {
		t.Error("batch", err)
	}
}

func TestEveryCompressionAndAnErrorInTheMiddle(t *testing.T) {
	for _, method := range []clickhouse.CompressionMethod{
		clickhouse.CompressionNone, clickhouse.CompressionLZ4, clickhouse.CompressionLZ4HC, clickhouse.CompressionZSTD,
		clickhouse.CompressionGZIP, clickhouse.CompressionDeflate, clickhouse.CompressionBrotli,
	} {
		t.Run(method.String(), func(t *testing.T) {
			conn := connect(t, func(made *clickhouse.Options) { made.Compression = &clickhouse.Compression{Method: method, Level: 3} })
			if count, _, err := all(context.Background(), conn, "SELECT number, toString(number) FROM numbers(300000)"); count != 300_000 || err != nil {
				t.Fatal(count, err)
			}
			count, _, err := all(context.Background(), conn, "SELECT throwIf(number = 250000), randomPrintableASCII(20) FROM numbers(300000) SETTINGS max_block_size = 5000")
			if code(err) != 395 {
				t.Fatal(count, err)
			}
		})
	}
}

func TestAStatementThatIsGivenUpGivesItsPlaceBack(t *testing.T) {
	conn := connect(t, nil)
	for range 12 { // one reader has eight places
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		if _, _, err := all(ctx, conn, endless); err == nil {
			t.Fatal("it ended")
		}
		cancel()
	}
	if count, _, err := all(context.Background(), conn, "SELECT 1"); count != 1 || err != nil {
		t.Fatal(err)
	}
}

func TestDatabaseSQL(t *testing.T) {
	db := clickhouse.OpenDB(options(nil))
	defer db.Close()
	var verb string
	if err := db.QueryRow("SELECT verb FROM events WHERE verb = ? LIMIT 1", "get").Scan(&verb); err != nil || verb != "get" {
		t.Fatal(verb, err)
	}
	if _, err := db.Exec("DROP TABLE events"); code(err) != 164 {
		t.Fatal(err)
	}
}
