//! Both ends in one process: who is reached, who is not, and what is said of it.

use super::errand::{SendError, send_within};
use super::far::{EnterError, Far, Lost};
use super::server::Server;
use super::*;
use crate::domain::change::Origin;
use crate::domain::id::{Ids, Object, Ref};
use crate::domain::object::is;
use crate::domain::query::Query;
use crate::domain::user::User;
use crate::domain::value::Value;
use crate::store::memory::Memory;
use crate::workspace::clock::{CountedIds, SystemClock};
use crate::workspace::review::{self, ActsAsk};
use crate::workspace::socket::errand::Streams;
use crate::workspace::{Watch, Workspace};
use std::ffi::OsString;
use std::io;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A machine may be busy; what never answers is given less.
const LONG: Duration = Duration::from_mins(1);
const SHORT: Duration = Duration::from_millis(30);

fn workspace() -> Arc<Workspace> {
    let mut ids = CountedIds(0);
    let ann = User::new(UserId(ids.next()), "Ann", "ann@firma.pl");
    let store = Arc::new(Memory::default());
    Arc::new(Workspace::found(store, Arc::new(SystemClock), Box::new(ids), ann, Origin::Demo).unwrap())
}

fn errand(args: &[&str]) -> Errand {
    Errand { args: args.iter().map(OsString::from).collect(), here: OsString::new(), bold: false }
}

/// What somebody wrote, and what there is to read.
#[derive(Default)]
struct Heap {
    out: Mutex<Vec<u8>>,
    input: Mutex<Vec<Vec<u8>>>,
    go_on: Mutex<u32>,
}

impl Streams for Heap {
    fn out(&self, bytes: &[u8]) -> io::Result<()> {
        self.out.lock().unwrap().extend(bytes);
        Ok(())
    }

    fn err(&self, bytes: &[u8]) -> io::Result<()> {
        self.out(bytes)
    }

    fn input(&self) -> io::Result<Vec<u8>> {
        Ok(self.input.lock().unwrap().pop().unwrap_or_default())
    }

    fn progress(&self, _: u64, _: u64) -> bool {
        let mut left = self.go_on.lock().unwrap();
        *left = left.saturating_sub(1);
        *left > 0
    }
}

/// Says what it was given and reads to the end.
fn echo(_: &Arc<Workspace>, errand: &Errand, streams: &Arc<dyn Streams>) -> u8 {
    for arg in &errand.args {
        streams.out(arg.as_encoded_bytes()).unwrap();
    }
    while let Ok(piece) = streams.input() {
        if piece.is_empty() {
            break;
        }
        streams.err(&piece).unwrap();
    }
    7
}

/// Works until it is told to stop; answers how often it was told to go on.
fn toil(_: &Arc<Workspace>, _: &Errand, streams: &Arc<dyn Streams>) -> u8 {
    (0..200).take_while(|done| streams.progress(*done, 200)).count() as u8
}

fn serve(folder: &TempDir) -> (Arc<Workspace>, Server) {
    let workspace = workspace();
    let server = Server::start(&workspace, folder.path(), echo).unwrap();
    (workspace, server)
}

fn create(name: &str) -> Change {
    let values = vec![(is::FIRST_NAME, Value::text(name))];
    Change::Create { object: Object::CONTACT, values, associate: Vec::new() }
}

#[test]
fn an_errand_has_arguments_input_output_and_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let _served = serve(&folder);
    let heap = Heap { input: Mutex::new(vec![b"two".to_vec(), b"one ".to_vec()]), ..Heap::default() };
    assert_eq!(send_within(LONG, folder.path(), errand(&["a", "Ł"]), &heap).unwrap(), 7);
    assert_eq!(String::from_utf8(heap.out.into_inner().unwrap()).unwrap(), "aŁone two");
}

#[test]
fn an_errand_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let _server = Server::start(&workspace(), folder.path(), toil).unwrap();
    let heap = Heap { go_on: Mutex::new(4), ..Heap::default() };
    assert_eq!(send_within(LONG, folder.path(), errand(&[]), &heap).unwrap(), 3);
}

#[test]
fn an_errand_whose_asker_is_gone_stops() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&workspace(), folder.path(), toil).unwrap();
    let mut wire = connect(folder.path(), LONG).unwrap();
    wire.send(&Call::Run(errand(&[]))).unwrap();
    assert!(matches!(wire.receive(&|| true), Ok(Said::Reply(Reply::Progress { done: 0, .. }))));
    drop(wire);
    // Waits for what is being done, which would be 200 answers that never come.
    drop(server);
}

#[test]
fn a_holder_that_does_not_answer_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let _frozen = place::bind(folder.path()).unwrap();
    let sent = send_within(SHORT, folder.path(), errand(&[]), &Heap::default());
    let Err(SendError::Unreached(error @ ReachError::Silent { .. })) = sent else { panic!("{sent:?}") };
    assert!(error.to_string().contains("does not answer") && !error.is_unserved(), "{error}");
    let entered = Far::enter(folder.path(), None, SHORT).err();
    assert!(matches!(entered, Some(EnterError::Unreached(ReachError::Silent { .. }))), "{entered:?}");
}

#[test]
fn a_holder_that_falls_silent_in_the_middle_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let listener = place::bind(folder.path()).unwrap();
    let freezes = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut wire = Wire::new(stream, LONG).unwrap();
        let theirs: String = wire.receive(&|| false).unwrap();
        wire.send(&theirs).unwrap();
        (listener, wire)
    });
    let sent = send_within(SHORT, folder.path(), errand(&[]), &Heap::default());
    assert!(matches!(sent, Err(SendError::Unreached(ReachError::Silent { .. }))), "{sent:?}");
    drop(freezes.join().unwrap());
}

#[test]
fn a_holder_of_another_version_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let listener = place::bind(folder.path()).unwrap();
    let other = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        Wire::new(stream, LONG).unwrap().send(&"9 9.0.0".to_owned()).unwrap();
    });
    let sent = send_within(LONG, folder.path(), errand(&[]), &Heap::default());
    let Err(SendError::Unreached(error @ ReachError::OtherVersion { .. })) = sent else { panic!("{sent:?}") };
    assert!(error.to_string().contains("another version of lejek: 9.0.0, and this is 0."), "{error}");
    other.join().unwrap();
}

#[test]
fn whoever_speaks_nonsense_is_hung_up_on_and_nobody_else() {
    use std::io::{Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let _served = serve(&folder);
    let messages: [&[u8]; 4] = [&[0xff; 64], &[0, 0, 0, 3, 0xff, 0xff, 0xff], &[0, 0, 0, 0], b"GET / HTTP/1.1\r\n\r\n"];
    for message in messages {
        let mut stream = place::connect(folder.path()).unwrap();
        stream.write_all(message).unwrap();
        let mut said = Vec::new();
        // It may be hung up on before it has read all.
        let _ = stream.read_to_end(&mut said);
        assert!(said.len() < 64, "{message:?}");
    }
    assert_eq!(send_within(LONG, folder.path(), errand(&[]), &Heap::default()).unwrap(), 7);
}

#[test]
fn what_a_killed_process_left_is_replaced_and_a_free_folder_is_unserved() {
    let folder = tempfile::tempdir().unwrap();
    let unserved = || send_within(LONG, folder.path(), errand(&[]), &Heap::default());
    assert!(matches!(unserved(), Err(SendError::Unreached(error)) if error.is_unserved()));
    drop(place::bind(folder.path()).unwrap());
    assert!(matches!(unserved(), Err(SendError::Unreached(error)) if error.is_unserved()), "nobody listens");
    let served = serve(&folder);
    assert_eq!(unserved().unwrap(), 7);
    drop(served);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_path_that_is_too_long_for_a_socket_is_made_short() {
    use std::os::unix::fs::PermissionsExt;
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("a".repeat(100)).join("ł".repeat(100));
    std::fs::create_dir_all(&folder).unwrap();
    let _server = Server::start(&workspace(), &folder, echo).unwrap();
    assert_eq!(send_within(LONG, &folder, errand(&[]), &Heap::default()).unwrap(), 7);
    let mode = std::fs::metadata(folder.join("lejek.sock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_far_workspace_answers_as_the_near_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let (near, _server) = serve(&folder);
    let far = Far::enter(folder.path(), Some("ANN@firma.pl"), LONG).unwrap();
    assert_eq!((far.user(), far.settings().rows()), (near.user(), near.settings().rows()));
    let done = far.perform(&create("Jan"), &mut ()).unwrap().unwrap();
    let refused = far.perform(&Change::Undo { act: crate::domain::id::ActNo(99) }, &mut ()).unwrap().unwrap_err();
    assert_eq!(Err(refused), near.perform(&Change::Undo { act: crate::domain::id::ActNo(99) }, Origin::Interface));
    let Ref::Record(id) = done.refs[0] else { panic!("{done:?}") };
    let query = Query::all(Object::CONTACT, near.viewer());
    for request in [
        Request::Page { query: query.clone(), from: 0, limit: 10, around: Some(id) },
        Request::Counts(vec![query]),
        Request::Detail { id, activities: 10 },
        Request::History(done.refs[0]),
        Request::Acts(ActsAsk { anchor: review::Anchor::Newest, limit: 10, search: String::new() }),
        Request::Bin(None),
    ] {
        assert_eq!(format!("{:?}", far.ask(&request).unwrap()), format!("{:?}", near.ask(&request)), "{request:?}");
    }
    let nobody = Far::enter(folder.path(), Some("nobody@firma.pl"), LONG).err();
    assert!(matches!(nobody, Some(EnterError::Refused(_))), "{nobody:?}");
}

/// Stops after so many batches.
struct Stopping(u32);

impl Watch for Stopping {
    fn progress(&mut self, _: u64, _: u64) {
        self.0 = self.0.saturating_sub(1);
    }

    fn is_cancelled(&self) -> bool {
        self.0 == 0
    }
}

#[test]
fn a_long_act_is_stopped_from_afar_between_two_batches() {
    let folder = tempfile::tempdir().unwrap();
    let (near, _server) = serve(&folder);
    let far = Far::enter(folder.path(), None, LONG).unwrap();
    let what: Vec<Ref> = (0..650).map(|_| near.perform(&create("Jan"), Origin::Demo).unwrap().refs[0]).collect();
    far.perform(&Change::Delete { what }, &mut Stopping(2)).unwrap().unwrap();
    let Ok(Reply::Bin(bin)) = far.ask(&Request::Bin(None)) else { panic!() };
    assert_eq!(bin.len(), 400);
}

#[test]
fn who_follows_hears_what_changes_with_the_settings_first_and_that_it_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let (near, server) = serve(&folder);
    let far = Arc::new(Far::enter(folder.path(), None, LONG).unwrap());
    let (sender, heard) = channel();
    let follows = Arc::clone(&far);
    let follower = std::thread::spawn(move || Far::follow(follows, &|reply| sender.send(reply).unwrap()));
    // Whoever listens hears of what is done from then on.
    near.feed().await_listener();
    let made = near.perform(&create("Jan"), Origin::Interface).unwrap();
    assert!(matches!(heard.recv(), Ok(Reply::Changed(refs)) if refs == made.refs));
    let setting = Change::Settings { values: vec![("general.currency".into(), "PLN".into())] };
    far.perform(&setting, &mut ()).unwrap().unwrap();
    assert!(matches!(heard.recv(), Ok(Reply::Changed(_))));
    assert_eq!(far.settings().general.currency.code(), "PLN");
    drop(server);
    follower.join().unwrap();
    assert!(matches!(far.ask(&Request::Settings), Err(Lost::Unheard)));
}
