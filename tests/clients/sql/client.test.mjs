// ClickHouse's own client for Node: what an application or a front end of Grafana would send.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "@clickhouse/client";

const address = { url: `http://${process.env.AUDITRADAR_ADDRESS}`, database: "audit", log: { level: 127 } };
const client = createClient({ ...address, username: "grafana", password: process.env.AUDITRADAR_TOKEN });
const rows = async (query, more = {}) => (await client.query({ query, format: "JSONEachRow", ...more })).json();

test("ping, and a token that stands alone", async () => {
  assert.equal((await client.ping({ select: true })).success, true);
  const bearer = createClient({ ...address, access_token: process.env.AUDITRADAR_TOKEN });
  assert.deepEqual(await (await bearer.query({ query: "SELECT 1 AS a", format: "JSONEachRow" })).json(), [{ a: 1 }]);
  await bearer.close();
});

test("parameters arrive as they were", async () => {
  const said = { text: "it's\ta \\ \n line", list: ["x'y", "z"], nothing: null };
  const query = "SELECT {text:String} AS text, {list:Array(String)} AS list, {nothing:Nullable(String)} AS nothing";
  assert.deepEqual(await rows(query, { query_params: said }), [said]);
});

test("formats, also those that tell of progress", async () => {
  for (const format of ["JSON", "JSONCompactEachRowWithNamesAndTypes", "CSVWithNames", "Parquet", "JSONEachRowWithProgress"]) {
    assert.ok((await (await client.query({ query: "SELECT verb, count() FROM events GROUP BY verb", format })).text()).length > 0);
  }
});

test("errors have their codes, also in the middle of a reply", async () => {
  await assert.rejects(rows("SELECT * FROM nosuch"), { code: "60" });
  await assert.rejects(rows("SELECT file('/etc/passwd')"), { code: "497" });
  await assert.rejects(client.insert({ table: "events", values: [{ audit_id: "x" }], format: "JSONEachRow" }), { code: "164" });
  const settings = { clickhouse_settings: { max_block_size: "5000" } };
  const query = "SELECT throwIf(number = 250000), randomPrintableASCII(20) FROM numbers(300000)";
  const reply = await client.query({ query, format: "JSONEachRow", ...settings });
  await assert.rejects(async () => { for await (const some of reply.stream()) void some; }, { code: "395" });
});

test("a hundred at once", async () => {
  const answers = await Promise.all([...Array(100).keys()].map((number) => rows(`SELECT ${number} AS number`)));
  assert.deepEqual(answers.flat().map((row) => row.number), [...Array(100).keys()]);
});

test.after(() => client.close());
