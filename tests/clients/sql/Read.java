import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** ClickHouse's JDBC driver: what DBeaver, Metabase and other tools of Java send. Every line that it prints is a failure. */
public class Read {
    private static void expect(String what, boolean held) {
        if (!held) System.out.println(what);
    }

    private static int rows(ResultSet result) throws SQLException {
        int count = 0;
        for (; result.next(); count++) {
            for (int at = 1; at <= result.getMetaData().getColumnCount(); at++) result.getObject(at);
        }
        return count;
    }

    private static String refused(Statement statement, String text) {
        try {
            statement.execute(text);
            return "";
        } catch (SQLException said) {
            return said.getMessage();
        }
    }

    public static void main(String[] given) throws Exception {
        Class.forName("com.clickhouse.jdbc.Driver");
        String url = "jdbc:clickhouse://" + System.getenv("AUDITRADAR_ADDRESS") + "/audit";
        try (Connection open = DriverManager.getConnection(url, "grafana", System.getenv("AUDITRADAR_TOKEN")); Statement one = open.createStatement()) {
            var about = open.getMetaData();
            expect("valid", open.isValid(10));
            expect("schemas", about.getSchemas().next());
            expect("tables", about.getTables(null, "audit", "%", new String[] {"VIEW"}).next());
            expect("columns", about.getColumns(null, "audit", "logins", "%").next());
            expect("keys", about.getPrimaryKeys(null, "audit", "events").next());
            expect("events", rows(one.executeQuery("SELECT * FROM events")) == 14);
            expect("a million", rows(one.executeQuery("SELECT number, toString(number) FROM numbers(1000000)")) == 1_000_000);
            try (PreparedStatement asked = open.prepareStatement("SELECT count() FROM events WHERE verb = ? AND actor != ?")) {
                asked.setString(1, "get");
                asked.setString(2, "it's ?");
                expect("prepared", asked.executeQuery().next());
            }
            expect("use", refused(one, "USE audit").isEmpty());
            expect("use of another", refused(one, "USE system").contains("Code: 164"));
            expect("insert", refused(one, "INSERT INTO clusters VALUES ('x')").contains("Code: 164"));
            expect("file", refused(one, "SELECT * FROM file('/etc/passwd')").contains("Code: 497"));
            Thread canceller = new Thread(() -> {
                try {
                    Thread.sleep(1500);
                    one.cancel();
                } catch (Exception cause) {
                    System.out.println("cancel: " + cause.getMessage());
                }
            });
            canceller.start();
            expect("cancelled", refused(one, "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))").contains("Code: 394"));
            canceller.join();
        }
    }
}
