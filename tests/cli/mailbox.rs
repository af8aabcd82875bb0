//! A mail server that takes what comes, on a port of its own, for as long as the test runs.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// A mail as it came: its lines, head and body.
pub type Mail = Vec<String>;

pub struct Mailbox {
    pub port: u16,
    taken: Arc<Taken>,
}

#[derive(Default)]
struct Taken {
    mails: Mutex<Vec<Mail>>,
    came: Condvar,
}

impl Mailbox {
    pub fn open() -> Mailbox {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, taken) = (listener.local_addr().unwrap().port(), Arc::<Taken>::default());
        let into = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let into = Arc::clone(&into);
                // Whoever hangs up early has sent nothing.
                thread::spawn(move || drop(take(&stream, &into)));
            }
        });
        Mailbox { port, taken }
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.taken.mails.lock().unwrap().clone()
    }

    /// Waits until so many came; the last one may not be acknowledged yet.
    pub fn await_mails(&self, count: usize) {
        let mails = self.taken.mails.lock().unwrap();
        drop(self.taken.came.wait_while(mails, |mails| mails.len() < count).unwrap());
    }
}

fn take(stream: &TcpStream, into: &Taken) -> io::Result<()> {
    let mut say = stream;
    let mut lines = BufReader::new(stream).lines();
    say.write_all(b"220 mail.example\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        match line.split(' ').next().unwrap_or_default() {
            "DATA" => {
                say.write_all(b"354 go\r\n")?;
                let mut mail = Vec::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    mail.push(line);
                }
                into.mails.lock().unwrap().push(mail);
                into.came.notify_all();
                say.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => return say.write_all(b"221 bye\r\n"),
            _ => say.write_all(b"250 ok\r\n")?,
        }
    }
    Ok(())
}

/// A header of a mail.
pub fn header<'a>(mail: &'a Mail, name: &str) -> Option<&'a str> {
    let named = |line: &&String| line.split(':').next().is_some_and(|known| known.eq_ignore_ascii_case(name));
    mail.iter().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
}
