//! Events and partners on the command line (R4.1 to R4.6): one, a stream, and over HTTP.

use crate::program::Lejek;
use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const TOKEN: &str = "0123456789abcdef0123";

fn workspace() -> Lejek {
    let lejek = Lejek::of_ann();
    lejek.ok("new company name=Acme domain=acme.pl");
    lejek.ok("new contact first_name=Jan last_name=Kowalski email=jan@acme.pl --associate company:acme.pl");
    lejek
}

/// Type and subject of what stands on a timeline.
fn timeline(lejek: &Lejek, of: &str) -> Vec<(String, String)> {
    let shown = lejek.ok(&format!("show {of}"));
    let text = |item: &Json, key: &str| item[key].as_str().unwrap().to_owned();
    shown["timeline"].as_array().unwrap().iter().map(|item| (text(item, "type"), text(item, "subject"))).collect()
}

#[test]
fn r4_1_an_event_stands_on_the_timeline_of_its_contact_and_its_company() {
    let lejek = workspace();
    let line = "event --kind pricing_page_viewed --email JAN@acme.pl --id e-1 --at 2026-11-18T10:00:00Z --details '{\"page\": 7}'";
    let done = lejek.ok(line);
    assert!(done["act"].is_u64() && done["awaited"] == false, "{done}");
    let again = lejek.ok(line);
    assert_eq!((&again["act"], &again["id"]), (&Json::Null, &done["id"]), "the same id is the same event");
    let shown = lejek.ok("show contact:jan@acme.pl");
    let item = &shown["timeline"][0];
    assert_eq!((&item["type"], &item["at"]), (&json!("event"), &json!("2026-11-18T10:00:00Z")));
    let properties = json!({ "kind": "pricing_page_viewed", "email": "jan@acme.pl", "data": { "page": 7 } });
    assert_eq!((&item["properties"], &item["logged_on"]), (&properties, &shown["id"]));
    assert_eq!(timeline(&lejek, "company:acme.pl"), [("event".to_owned(), "Pricing page viewed".to_owned())]);
    assert!(shown["properties"]["last_activity"].is_null(), "an event is no activity");
    let found = lejek.fails(3, "event --kind webinar_attended --email jan@acme.pl");
    assert_eq!(found["rule"], "R4.1");
    lejek.ok("settings events.kinds 'webinar_attended*'");
    lejek.ok("event --kind webinar_attended --domain acme.pl");
    lejek.fails(2, "event --kind sign_up");
    lejek.fails(2, "event --email jan@acme.pl");
    lejek.fails(2, "event --kind sign_up --email jan@acme.pl --details {");
    lejek.fails(3, "event --kind sign_up --email jan");
}

#[test]
fn r4_1_what_nobody_has_is_listed_until_somebody_gets_it() {
    let lejek = workspace();
    assert_eq!(lejek.ok("event --kind sign_up --email ewa@acme.pl")["awaited"], true);
    assert!(lejek.text("event --kind page_viewed --domain beta.pl").contains("Nobody has beta.pl yet"));
    let listed = lejek.ok("event list");
    let whom: Vec<&str> =
        listed.as_array().unwrap().iter().filter_map(|one| one["properties"]["email"].as_str()).collect();
    assert_eq!((listed.as_array().unwrap().len(), whom), (2, vec!["ewa@acme.pl"]));
    let text = lejek.text("event list --limit 1");
    assert!(text.contains("beta.pl") && text.contains("and 1 more"), "{text}");
    let made = lejek.ok("new contact first_name=Ewa email=ewa@acme.pl");
    assert_eq!(made["effects"][0]["rule"], "R4.1");
    assert_eq!(timeline(&lejek, "contact:ewa@acme.pl"), [("event".to_owned(), "Signed up".to_owned())]);
    assert_eq!(lejek.ok("event list").as_array().unwrap().len(), 1);
}

#[test]
fn r4_1_a_stream_goes_on_after_broken_lines_and_names_them() {
    let lejek = workspace();
    let mut lines =
        String::from("\u{feff}{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"id\":\"s-1\"}\nno json\n\n");
    lines += "{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"id\":\"s-1\"}\n";
    lines += "{\"kind\":\"nothing\",\"email\":\"jan@acme.pl\"}\n";
    lines
        .extend([format!("{{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"data\":\"{}\"}}\n", "x".repeat(2 << 20))]);
    lines.extend([format!("{{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"data\":\"{}\"}}\n", "x".repeat(60_000))]);
    for number in 0..500 {
        lines.extend([format!("{{\"kind\":\"page_viewed\",\"email\":\"p{number}@x.pl\"}}\n")]);
    }
    lejek.write("events.jsonl", &lines);
    let done = lejek.ok("event --from @events.jsonl");
    let rows: Vec<u64> = done["errors"].as_array().unwrap().iter().map(|one| one["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [2, 5, 6], "{done}");
    assert!(done["errors"][2]["message"].as_str().unwrap().contains("too long"));
    let counts = ["taken", "awaited", "unchanged", "refused", "acts"].map(|key| done[key].as_u64().unwrap());
    assert_eq!(counts, [502, 500, 1, 3, 1], "a file is one act");
    let acts = lejek.ok("acts --limit 1");
    assert_eq!(acts[0]["what"], "Took in 502 events");
    let run = lejek.run_with("event --from -", &lines);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("Line 2: This is no JSON") && run.out.contains("2 there already"),
        "{}{}",
        run.err,
        run.out
    );
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
    lejek.ok(&format!("undo {}", done["act"]));
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
    lejek.fails(1, "event --from @nowhere.jsonl");
}

#[test]
fn r4_1_a_slow_pipe_is_written_line_by_line_and_others_get_in_meanwhile() {
    let lejek = workspace();
    let mut pipe =
        program(&lejek, &["event", "--from", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut keys = pipe.stdin.take().unwrap();
    for number in 0..3 {
        writeln!(keys, "{{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"id\":\"p-{number}\"}}").unwrap();
        keys.flush().unwrap();
        while timeline(&lejek, "contact:jan@acme.pl").len() <= number {
            assert!(pipe.try_wait().unwrap().is_none(), "it ended");
        }
    }
    drop(keys);
    assert!(pipe.wait().unwrap().success());
    assert_eq!(timeline(&lejek, "contact:jan@acme.pl").len(), 3);
}

#[test]
fn r4_4_r4_6_partners_on_the_command_line() {
    let lejek = workspace();
    assert!(
        lejek.fails(3, "partner register contact:jan@acme.pl")["message"].as_str().unwrap().contains("partner_account")
    );
    lejek.ok("settings general.partner_account 'Lejek Łódź'");
    lejek.ok("partner register contact:jan@acme.pl --from 2026-01-01 --until 2099-12-31");
    lejek.ok("partner register company:acme.pl --partner Beta");
    let listed = lejek.ok("partner list");
    assert_eq!(crate::program::names(&listed), ["Acme", "Jan Kowalski"]);
    assert_eq!(
        (&listed[1]["partner"], listed[1]["until"].as_str().unwrap()),
        (&json!("Lejek Łódź"), "2100-01-01T00:00:00Z")
    );
    assert_eq!(crate::program::names(&lejek.ok("partner list beta")), ["Acme"]);
    assert!(lejek.text("partner list").contains("31 Dec 2099"));
    let history = lejek.ok("history contact:jan@acme.pl");
    assert_eq!((&history[0]["what"], &history[0]["new"][0]["partner"]), (&json!("registered"), &json!("Lejek Łódź")));
    lejek.ok("partner deregister company:acme.pl");
    assert_eq!(crate::program::names(&lejek.ok("partner list")), ["Jan Kowalski"]);
    lejek.fails(4, "partner deregister company:acme.pl");
    lejek.new_id("deal name=Roof");
    lejek.ok("partner share deal:Roof Beta");
    lejek.ok("partner share deal:Roof 'Lejek Łódź'");
    lejek.ok("partner unshare deal:Roof beta");
    assert_eq!(lejek.property("deal:Roof", "partners"), json!(["Lejek Łódź"]));
}

fn program(lejek: &Lejek, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lejek"));
    command.env_clear().env("USER", "tester").env("HOME", lejek.file("")).env("LEJEK_DATA", lejek.data()).args(args);
    command
}

/// A program that listens, until this is dropped.
struct Listening {
    child: Child,
    addr: String,
}

impl Listening {
    fn of(lejek: &Lejek) -> Listening {
        let mut command = program(lejek, &["listen", "--addr", "127.0.0.1:0"]);
        let mut child = command.env("LEJEK_LISTEN_TOKEN", TOKEN).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let addr = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        Listening { child, addr: addr.unwrap_or_else(|| panic!("{line}")).to_owned() }
    }

    fn send(&self, head: &str, body: &str) -> (u16, Json) {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        let length = body.len();
        // Whoever is refused early may hang up before all is sent.
        let _ = write!(stream, "POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n{head}\r\n{body}");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        let status =
            answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer}"));
        (status, serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap_or_default()).unwrap_or_default())
    }

    fn post(&self, body: &str) -> (u16, Json) {
        self.send(&format!("Authorization: Bearer {TOKEN}\r\n"), body)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn takes_what_a_body_says(lejek: &Lejek, listening: &Listening) {
    let one = "{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"id\":\"h-1\"}";
    let (status, told) = listening.post(one);
    assert_eq!((status, &told["taken"]), (202, &json!(1)), "{told}");
    assert_eq!(timeline(lejek, "contact:jan@acme.pl").len(), 1, "what was answered stands");
    let (status, told) = listening.post(&format!("[{one}, {{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\"}}]"));
    assert_eq!((status, &told["taken"], &told["unchanged"]), (202, &json!(1), &json!(1)), "{told}");
    let (status, told) =
        listening.post(&format!("{one}\nbroken\n{{\"kind\":\"page_viewed\",\"domain\":\"new.pl\"}}\n"));
    assert_eq!((status, &told["taken"], &told["refused"]), (202, &json!(1), &json!(1)), "{told}");
    assert!(told["errors"][0].as_str().unwrap().starts_with("Line 2: This is no JSON"));
    let (status, told) = listening.post("{\"kind\":\"nothing\",\"email\":\"jan@acme.pl\"}");
    assert_eq!(status, 400);
    assert!(told["message"].as_str().unwrap().starts_with("There is no kind of event"), "{told}");
    assert_eq!(listening.post("").0, 400);
}

#[test]
fn r4_1_events_come_over_http_from_whoever_knows_the_token() {
    let lejek = workspace();
    let listening = Listening::of(&lejek);
    takes_what_a_body_says(&lejek, &listening);
    let one = "{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\"}";
    for head in ["", "Authorization: Bearer wrong\r\n", "Authorization: Basic 0123456789abcdef0123\r\n"] {
        assert_eq!(listening.send(head, one).0, 401, "{head}");
    }
    let large = format!("{{\"kind\":\"sign_up\",\"email\":\"jan@acme.pl\",\"data\":\"{}\"}}", "x".repeat(2 << 20));
    assert_eq!(listening.post(&large).0, 413);
    assert_eq!(timeline(&lejek, "contact:jan@acme.pl").len(), 2);
    let statuses: Vec<u16> = (0..400).map(|_| listening.send("", "").0).collect();
    assert!(statuses.contains(&429), "too often: {:?}", statuses.last());
    drop(listening);
    assert_eq!(lejek.ok("check --deep")["flaws"], json!([]));
}

#[cfg(unix)]
#[test]
fn r4_1_listening_goes_through_an_open_interface_and_on_when_it_leaves() {
    let lejek = workspace();
    let mut holder = crate::holder::Holder::of(&lejek);
    let listening = Listening::of(&lejek);
    takes_what_a_body_says(&lejek, &listening);
    holder.press("q");
    assert_eq!(holder.end(), 0);
    let (status, told) = listening.post("{\"kind\":\"demo_requested\",\"email\":\"jan@acme.pl\"}");
    assert_eq!((status, &told["taken"]), (202, &json!(1)), "{told}");
    assert_eq!(timeline(&lejek, "contact:jan@acme.pl").len(), 3);
}

#[test]
fn r4_8_the_token_is_no_argument_and_in_no_file_of_others() {
    let lejek = workspace();
    assert!(lejek.fails(2, "listen --addr 127.0.0.1:0")["message"].as_str().unwrap().contains("LEJEK_LISTEN_TOKEN"));
    lejek.write("token", TOKEN);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(lejek.file("token"), std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = lejek.fails(3, "listen --addr 127.0.0.1:0 --token-file @token");
        assert!(error["message"].as_str().unwrap().contains("chmod 600"), "{error}");
    }
    lejek.fails(3, "listen --addr 127.0.0.1:0 --token-command 'echo short'");
    lejek.fails(1, "listen --addr 127.0.0.1:0 --token-command false");
}
