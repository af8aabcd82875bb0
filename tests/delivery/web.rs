//! Webhooks and push topics, on servers kind and unkind.

use super::babble::{self, Pace};
use super::certificate;
use super::web_server::{Asked, OK, Then, WebServer};
use super::{ID, failed, hurried, limits, message, retried, secret, trusting};
use lejek::delivery::{Channel, Limits, Message, Outcome, send};
use rstest::rstest;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

const GIGABYTE: &str = "Content-Length: 1073741824\r\n\r\n";

/// Sends to an address as a webhook.
fn hook(address: &str, message: &Message, limits: &Limits) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    send(&Channel::Webhook { address: secret(folder.path(), "address", address) }, message, limits)
}

fn hook_on(server: &WebServer, limits: &Limits) -> Outcome {
    hook(&format!("http://127.0.0.1:{}/services/T000/sesame", server.port), &message(), limits)
}

fn push(server: &WebServer, message: &Message, token: Option<&str>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let topic = secret(folder.path(), "topic", &format!("http://127.0.0.1:{}/jan-phone", server.port));
    let token = token.map(|token| secret(folder.path(), "token", token));
    send(&Channel::Push { topic, token }, message, &limits())
}

fn json(asked: &Asked) -> serde_json::Value {
    serde_json::from_str(&asked.body).unwrap()
}

#[test]
fn r4_8_a_webhook_gets_json_with_the_id() {
    let server = WebServer::answering(OK);
    assert_eq!(hook_on(&server, &limits()), Outcome::Delivered);
    let asked = server.asked();
    assert_eq!(asked.head[0], "POST /services/T000/sesame HTTP/1.1");
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("idempotency-key"), Some(ID));
    let text = "Anna Zając viewed the pricing page\nNordhafen GmbH, customer since 2024.\n.\nCall her: +48 600 100 200\n\n\
                lejek show 00000007";
    assert_eq!(json(&asked), serde_json::json!({"text": text, "mrkdwn": false, "id": ID}));
}

#[test]
fn r4_8_a_name_calls_nobody_and_links_nowhere() {
    let server = WebServer::answering(OK);
    let subject = "<!channel> & <https://evil.example|your bank>\r\n".to_owned();
    let message = Message { subject, text: String::new(), link: None, ..message() };
    let address = format!("http://127.0.0.1:{}/", server.port);
    assert_eq!(hook(&address, &message, &limits()), Outcome::Delivered);
    assert_eq!(json(&server.asked())["text"], "&lt;!channel&gt; &amp; &lt;https://evil.example|your bank&gt;");
}

#[test]
fn r4_8_a_topic_gets_text_with_title_id_and_token() {
    let server = WebServer::answering(OK);
    let message = Message { link: Some("https://crm.example.com/7".to_owned()), ..message() };
    assert_eq!(push(&server, &message, Some("tk_sesame")), Outcome::Delivered);
    let asked = server.asked();
    assert_eq!(asked.head[0], "POST /jan-phone HTTP/1.1");
    for (name, value) in [
        ("authorization", "Bearer tk_sesame"),
        ("click", "https://crm.example.com/7"),
        ("idempotency-key", ID),
        ("x-sequence-id", ID),
    ] {
        assert_eq!(asked.header(name), Some(value), "{name}");
    }
    let title = "=?UTF-8?B?QW5uYSBaYWrEhWMgdmlld2VkIHRoZSBwcmljaW5nIHBhZ2U=?=";
    assert_eq!(asked.header("title"), Some(title));
    assert!(asked.body.starts_with("Nordhafen GmbH") && asked.body.ends_with("\n\nhttps://crm.example.com/7"));
}

#[test]
fn r4_8_nothing_in_a_name_becomes_a_header() {
    let server = WebServer::answering(OK);
    let (subject, link) =
        ("a\r\nX-Actions: evil\r\n\r\nb".to_owned(), Some("https://x/\r\nX-Actions: evil".to_owned()));
    assert_eq!(push(&server, &Message { subject, link, ..message() }, None), Outcome::Delivered);
    let asked = server.asked();
    assert_eq!((asked.header("x-actions"), asked.header("click")), (None, None));
    assert_eq!(asked.header("title"), Some("a  X-Actions: evil    b"));
}

#[rstest]
#[case("429 Too Many Requests", "Retry-After: 90\r\n", Some(90))]
#[case("503 Service Unavailable", "retry-after: 7\r\n", Some(7))]
#[case("500 Internal Server Error", "", None)]
#[case("408 Request Timeout", "", None)]
fn r4_10_what_passes_is_tried_again(#[case] status: &str, #[case] header: &str, #[case] seconds: Option<u64>) {
    let server = WebServer::answering(format!("HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\n\r\n"));
    assert_eq!(retried(hook_on(&server, &limits()), status), seconds.map(Duration::from_secs));
}

#[rstest]
#[case("400 Bad Request", "invalid_payload")]
#[case("403 Forbidden", "no topic at /services/T000/sesame, sesame")]
#[case("404 Not Found", "no_service")]
fn r4_8_what_does_not_pass_is_given_up_and_never_shows_the_address(#[case] status: &str, #[case] said: &str) {
    let length = said.len();
    let server = WebServer::answering(format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{said}"));
    let Outcome::Failed { why } = hook_on(&server, &limits()) else { panic!() };
    assert!(why.starts_with(&format!("The webhook answered {status}: ")), "{why}");
    assert!(!why.contains("sesame") && !why.contains("T000") && !why.contains("127.0.0.1"), "{why}");
}

#[test]
fn r4_8_a_token_is_never_shown() {
    let said = "tk_sesame is wrong";
    let server =
        WebServer::answering(format!("HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\n\r\n{said}", said.len()));
    failed(push(&server, &message(), Some("tk_sesame")), "The push server answered 401 Unauthorized: … is wrong");
}

#[rstest]
#[case("301 Moved Permanently")]
#[case("302 Found")]
#[case("303 See Other")]
#[case("307 Temporary Redirect")]
#[case("308 Permanent Redirect")]
fn r4_8_redirects_are_not_followed(#[case] status: &str) {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let location = elsewhere.local_addr().unwrap();
    let server = WebServer::answering(format!(
        "HTTP/1.1 {status}\r\nLocation: http://{location}/sesame\r\nContent-Length: 0\r\n\r\n"
    ));
    failed(hook_on(&server, &limits()), "points elsewhere");
    nobody_came(&elsewhere);
}

#[track_caller]
fn nobody_came(listener: &TcpListener) {
    listener.set_nonblocking(true).unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
}

#[rstest]
#[case("")]
#[case("HTTP/1.1 200 O")]
#[case("HTTP/1.1 200 OK\r\nContent-Le")]
fn r4_10_a_server_that_hangs_is_left_in_time(#[case] answer: &str) {
    let server = WebServer::start(answer, Then::Hangs, None);
    retried(hook_on(&server, &hurried()), "did not answer in time");
}

#[test]
fn r4_10_a_server_that_drips_is_left_in_time() {
    let (port, said) = babble::start("HTTP/1.1 200 OK\r\nX-Slow: ", b'x', Pace::Dripping);
    let address = format!("http://127.0.0.1:{port}/");
    retried(hook(&address, &message(), &hurried()), "did not answer in time");
    assert!(said.join().unwrap() < 1_000);
}

#[test]
fn r4_10_a_connection_that_breaks_is_tried_again() {
    let server = WebServer::answering("HTTP/1.1 200");
    retried(hook_on(&server, &limits()), "The webhook ");
}

#[test]
fn r4_8_a_gigabyte_is_not_read() {
    let server = WebServer::start(format!("HTTP/1.1 200 OK\r\n{GIGABYTE}"), Then::Pours, None);
    assert_eq!(hook_on(&server, &limits()), Outcome::Delivered);
    assert!(server.asked().poured < babble::GIGABYTE / 16);

    let server = WebServer::start(format!("HTTP/1.1 500 Internal Server Error\r\n{GIGABYTE}"), Then::Pours, None);
    retried(hook_on(&server, &limits()), "500 Internal Server Error: xxx");
    assert!(server.asked().poured < babble::GIGABYTE / 16);
}

#[test]
fn r4_8_headers_without_end_are_not_read() {
    let (port, said) = babble::start("HTTP/1.1 200 OK\r\nX-Long: ", b'x', Pace::Rushing);
    let address = format!("http://127.0.0.1:{port}/");
    retried(hook(&address, &message(), &limits()), "gave an answer without end");
    assert!(said.join().unwrap() < babble::GIGABYTE / 16);
}

#[test]
fn r4_8_what_is_no_web_server_is_tried_again() {
    let server = WebServer::answering("SSH-2.0-OpenSSH_9.9\r\n\r\n");
    retried(hook_on(&server, &limits()), "The webhook does not answer as a web server does");
}

#[test]
fn r4_8_certificates_are_checked() {
    let address = |server: &WebServer| format!("https://127.0.0.1:{}/x", server.port);
    let certificate = certificate::good();
    let trusted = trusting(&certificate);
    let server = WebServer::start(OK, Then::Closes, Some(certificate));
    assert_eq!(hook(&address(&server), &message(), &trusted), Outcome::Delivered);
    assert_eq!(server.asked().header("idempotency-key"), Some(ID));

    for (certificate, words) in
        [(certificate::expired(), "it has expired"), (certificate::for_another(), "it is for another name")]
    {
        let trusted = trusting(&certificate);
        let server = WebServer::start(OK, Then::Closes, Some(certificate));
        retried(hook(&address(&server), &message(), &trusted), words);
        assert!(server.asked().head.is_empty());
    }
    let server = WebServer::start(OK, Then::Closes, Some(certificate::good()));
    retried(hook(&address(&server), &message(), &trusted), "has a certificate that is not accepted");
    assert!(server.asked().head.is_empty());
}

#[rstest]
#[case("http://127.0.0.1:PORT/x")]
#[case("https://127.0.0.1:PORT/x")]
#[case("http://localhost:PORT/x")]
#[case("http://[::ffff:127.0.0.1]:PORT/x")]
#[case("http://2130706433:PORT/x")]
fn r4_8_private_addresses_only_when_allowed(#[case] address: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = address.replace("PORT", &listener.local_addr().unwrap().port().to_string());
    failed(hook(&address, &message(), &Limits { allow_private: false, ..limits() }), "leads to a private address");
    nobody_came(&listener);
}

#[rstest]
#[case("http://169.254.169.254/latest/meta-data")]
#[case("https://169.254.169.254/")]
#[case("http://[::ffff:169.254.169.254]/")]
#[case("http://[64:ff9b::a9fe:a9fe]/")]
#[case("http://2852039166/")]
#[case("http://0xa9fea9fe/")]
#[case("https://[fe80::1]/")]
#[case("https://[fd00:ec2::254]/")]
#[case("http://0.0.0.0:80/")]
fn r4_8_metadata_addresses_are_never_reached(#[case] address: &str) {
    failed(hook(address, &message(), &limits()), "The webhook leads to an address");
}

#[test]
fn r4_8_a_secret_never_travels_in_the_clear_outside_the_house() {
    failed(hook("http://93.184.216.34/sesame", &message(), &limits()), "use https");
}

#[rstest]
#[case("sesame")]
#[case("ftp://example.com/sesame")]
#[case("https:///sesame")]
#[case("https://exa mple.com/sesame")]
fn an_address_that_is_none_gets_a_sentence_without_it(#[case] address: &str) {
    let Outcome::Failed { why } = hook(address, &message(), &limits()) else { panic!() };
    assert!(why.contains("The address of the webhook is not one of the web") && !why.contains("sesame"), "{why}");
}
