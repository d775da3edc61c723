//! Starts the server in this process, or as a program, and talks to it in plain bytes.
#![allow(dead_code, reason = "every test uses a part of it")]

use jewelcase::Catalogue;
use jewelcase::internals::serve::{Limits, Log, Server, Settings};
use std::{
    future,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, ChildStderr, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

/// Longer than any answer takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// One server with the usual limits for all tests of a file.
pub fn site() -> SocketAddr {
    static SITE: OnceLock<SocketAddr> = OnceLock::new();
    *SITE.get_or_init(|| start(Limits::default(), &[]))
}

/// A server of its own, which answers until the tests end.
pub fn start(limits: Limits, names: &[&str]) -> SocketAddr {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let names = names.iter().map(|&name| name.to_owned()).collect();
    let server = Server::bind(Catalogue::built_in(), Settings { listen, names, limits, log: Log::Quiet })
        .expect("a port is free");
    let address = server.address().expect("it listens");
    thread::spawn(|| server.run_until(future::pending()));
    address
}

/// An answer, taken apart.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a header; names are in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).expect("answers are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line");
        Self { status, head: head.replace("\r\n", "\n"), body: body.to_owned() }
    }
}

/// Connects, and waits for bytes no longer than a test should.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out can be set");
    stream
}

/// Sends bytes as they are, and reads until the server closes. A server that refuses may close before it has read everything.
pub fn raw(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(address);
    let _ = stream.write_all(request);
    read_all(&mut stream)
}

/// Reads until the server closes.
pub fn read_all(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return answer,
            Ok(length) => answer.extend_from_slice(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return answer,
            Err(error) => panic!("the server neither answers nor closes: {error}"),
        }
    }
}

/// Sends a request whose head is written out, and takes the answer apart.
pub fn send(address: SocketAddr, request: &str) -> Answer {
    Answer::read(&raw(address, request.as_bytes()))
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

pub fn post(address: SocketAddr, path: &str, content_type: &str, body: &str) -> Answer {
    let length = body.len();
    send(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}

/// Sends the fields of a form.
pub fn form(address: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    post(address, path, "application/x-www-form-urlencoded", &fields.join("&"))
}

pub fn api(address: SocketAddr, path: &str, body: &str) -> Answer {
    post(address, path, "application/json", body)
}

fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// What a person sees of a page: the text between the tags, a line per block.
pub fn text(page: &str) -> String {
    const WITHIN_A_LINE: [&str; 7] = ["a", "b", "i", "small", "span", "tt", "option"];
    let mut text = String::new();
    for piece in page.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if !WITHIN_A_LINE.contains(&name) && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(after);
    }
    text.trim().replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The part of a page that answers, without the form below it.
pub fn answer(page: &str) -> &str {
    let start = page.find("<div id=\"answers\">").expect("a page with a form has a place for answers");
    let end = page[start..].find("<form").expect("a page with an answer has a form");
    &page[start..start + end]
}

/// The server as a program of its own.
pub struct Program {
    child: Child,
    stderr: BufReader<ChildStderr>,
    pub address: SocketAddr,
}

impl Program {
    /// Starts it with these arguments, on a free port unless they name one, and waits until it listens.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, &[])
    }

    /// The same with these variables in its environment.
    pub fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let listen: &[&str] =
            if arguments.contains(&"--listen") { &["serve"] } else { &["serve", "--listen", "127.0.0.1:0"] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_jewelcase"))
            .args(listen)
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built with the tests");
        let mut stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("the program says where it listens");
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next());
        let address = address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("{line:?}"));
        Self { child, stderr, address }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, as the system's `kill` names it.
    pub fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.id().to_string()]).status().expect("the system has kill");
        assert!(status.success());
    }

    /// Waits for its end: the exit code, and the rest of what it said on standard error.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).expect("messages are UTF-8");
        (self.child.wait().expect("it was started").code(), said)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Of a test that failed before it stopped the program.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
