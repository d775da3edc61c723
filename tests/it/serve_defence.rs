//! What callers must not be able to do: keep the server busy, learn from it through another site's page, or leave keys in its log.

use crate::site::{Program, api, connect, form, get, raw, read_all, send, site, start};
use jewelcase::internals::serve::{Counted, Limits};
use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr},
    thread,
    time::Duration,
};

/// Limits that let a test see a time-out soon.
fn impatient() -> Limits {
    Limits { head: Duration::from_millis(200), request: Duration::from_millis(300), ..Limits::default() }
}

fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(answer);
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer: {text:?}"))
}

fn still_answers(site: SocketAddr) {
    assert_eq!(get(site, "/healthz").status, 200, "the server still answers");
}

#[test]
fn every_answer_carries_the_headers_that_keep_it_in_its_place() {
    let site = site();
    let answers = [
        get(site, "/"),
        form(site, "/", &[("key", "111-1111111")]),
        api(site, "/api/v1/check", r#"{"keys":["111-1111111"]}"#),
        api(site, "/api/v1/check", "{"),
        get(site, "/api/v1/openapi.json"),
        get(site, "/script.js"),
        get(site, "/nowhere"),
        get(site, "/api/v1/check"),
        send(site, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    ];
    for answer in &answers {
        let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("{name} is missing: {}", answer.head));
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert!(!answer.head.contains("access-control-"), "{}", answer.head);
        assert!(answer.header("set-cookie").is_none());
        let kept = answer.header("content-type").is_some_and(|found| found.starts_with("text/javascript"));
        assert_eq!(header("cache-control"), if kept { "max-age=600" } else { "no-store" });
    }
}

#[test]
fn a_page_of_another_site_gets_no_permission() {
    let preflight = send(
        site(),
        &format!(
            "OPTIONS /api/v1/check HTTP/1.1\r\nHost: {}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\nConnection: close\r\n\r\n",
            site()
        ),
    );
    assert_eq!(preflight.status, 405);
    assert!(!preflight.head.contains("access-control-"), "{}", preflight.head);
}

/// Over loopback the server answers to its own names only, or a page of another site could make its name mean this machine.
#[test]
fn the_host_is_checked() {
    let site = start(Limits::default(), &["lab.example"]);
    let asked = |head: &str| status(&raw(site, format!("GET /healthz {head}\r\nConnection: close\r\n\r\n").as_bytes()));
    for own in ["localhost", "127.0.0.1:8097", "10.0.2.2:8097", "[::1]", "LAB.example:80"] {
        assert_eq!(asked(&format!("HTTP/1.1\r\nHost: {own}")), 200, "{own}");
    }
    for other in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8097",
        "",
        "a b",
        "evil.example:80@127.0.0.1",
    ] {
        assert_eq!(asked(&format!("HTTP/1.1\r\nHost: {other}")), 421, "{other}");
    }
    assert_eq!(asked("HTTP/1.0"), 200, "old browsers send no Host");
    assert_eq!(asked("HTTP/1.0\r\nHost: evil.example"), 421);
    assert_eq!(asked("HTTP/1.1"), 400, "HTTP/1.1 asks for one");
    assert_eq!(asked("HTTP/1.1\r\nHost: localhost\r\nHost: evil.example"), 400);
    let absolute = "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(send(site, absolute).status, 421);
}

#[test]
fn a_long_body_is_refused_whether_its_length_is_told_or_not() {
    let fields = [("key", "1".repeat(70_000))];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(form(site(), "/", &fields).status, 413);
    let head = format!(
        "POST /api/v1/check HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        site()
    );
    let chunk = format!("1000\r\n{}\r\n", "1".repeat(0x1000));
    let told = raw(site(), (head + &chunk.repeat(20) + "0\r\n\r\n").as_bytes());
    assert_eq!(status(&told), 413);
    assert!(String::from_utf8_lossy(&told).contains("the body of the request is longer than this server accepts"));
    still_answers(site());
}

#[test]
fn what_is_no_http_is_refused() {
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: x\r\n".repeat(5000));
    let garbage: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let requests: [&[u8]; 12] = [
        b"\r\n\r\n\r\n\r\nnonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\0host\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        long.as_bytes(),
        many.as_bytes(),
        &garbage,
    ];
    let site = start(impatient(), &[]);
    for request in requests {
        let answer = raw(site, request);
        let start = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        // A caller who never finishes a line is hung up on without a word.
        assert!(
            answer.is_empty() || (400..500).contains(&status(&answer)),
            "{start:?}: {}",
            String::from_utf8_lossy(&answer)
        );
        still_answers(site);
    }
}

#[test]
fn a_slow_head_is_cut_off() {
    let site = start(impatient(), &[]);
    let mut stream = connect(site);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").expect("the server reads");
    let answer = read_all(&mut stream);
    assert!(answer.is_empty() || status(&answer) == 408, "{}", String::from_utf8_lossy(&answer));
    still_answers(site);
}

#[test]
fn an_idle_connection_is_closed() {
    let site = start(impatient(), &[]);
    let mut stream = connect(site);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
    assert_eq!(status(&read_all(&mut stream)), 200, "answered, then closed though it could have been kept");
    assert_eq!(read_all(&mut connect(site)), b"", "closed though nothing was ever sent");
}

#[test]
fn a_slow_body_is_cut_off() {
    let site = start(impatient(), &[]);
    for (path, content_type) in [("/api/v1/check", "application/json"), ("/", "application/x-www-form-urlencoded")] {
        let mut stream = connect(site);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\nContent-Length: 100\r\n\r\nkey"
        );
        stream.write_all(head.as_bytes()).expect("the server reads");
        assert_eq!(status(&read_all(&mut stream)), 408, "{path}");
    }
    still_answers(site);
}

#[test]
fn a_connection_does_not_live_for_ever() {
    let site = start(Limits { connection: Duration::from_millis(300), ..Limits::default() }, &[]);
    let mut stream = connect(site);
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
    assert_eq!(status(&read_all(&mut stream)), 200);
}

#[test]
fn callers_who_go_away_do_no_harm() {
    let site = start(impatient(), &[]);
    let request = "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{\"keys\":[\"111-1111111\"]}";
    for length in 0..request.len() {
        let mut stream = connect(site);
        // The server may have hung up by then.
        let _ = stream.write_all(&request.as_bytes()[..length]);
        let _ = stream.shutdown(if length % 2 == 0 { Shutdown::Both } else { Shutdown::Write });
    }
    still_answers(site);
}

#[test]
fn one_address_may_send_only_so_many_requests() {
    let site = start(Limits { rate: 1, burst: 3, counted: Counted::All, ..Limits::default() }, &[]);
    let statuses: Vec<_> = (0..20).map(|_| get(site, "/healthz").status).collect();
    assert_eq!(statuses[..3], [200; 3]);
    assert!(statuses.contains(&429), "{statuses:?}");
    let refused = (0..20).map(|_| get(site, "/api/v1/rules")).find(|answer| answer.status == 429);
    let refused = refused.expect("too many requests are refused");
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    assert_eq!(refused.json()["status"], 429);
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[test]
fn connections_beyond_the_limit_wait_for_a_place() {
    let site = start(Limits { connections: 2, ..Limits::default() }, &[]);
    let held: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = connect(site);
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
            let mut answered = [0; 12];
            stream.read_exact(&mut answered).expect("there is a place for it");
            stream
        })
        .collect();
    let mut third = connect(site);
    third
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .expect("the system takes it");
    third.set_read_timeout(Some(Duration::from_millis(200))).expect("a time-out can be set");
    let waiting = third.read(&mut [0; 1]).map_err(|error| error.kind());
    assert!(matches!(waiting, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{waiting:?}");
    drop(held);
    third.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out can be set");
    assert_eq!(status(&read_all(&mut third)), 200);
}

/// Who holds as many connections as it gets leaves places for another address.
#[cfg(target_os = "linux")]
#[test]
fn one_address_does_not_keep_another_out() {
    let site = start(Limits { connections: 8, ..Limits::default() }, &[]);
    let runtime = tokio::runtime::Runtime::new().expect("the system starts threads");
    let held = runtime.block_on(async {
        let mut held = Vec::new();
        for _ in 0..40 {
            let socket = tokio::net::TcpSocket::new_v4().expect("there are sockets");
            socket.bind(([127, 0, 0, 2], 0).into()).expect("the address is this machine's");
            held.push(socket.connect(site).await);
        }
        held
    });
    let begun = std::time::Instant::now();
    for _ in 0..20 {
        still_answers(site);
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    drop((held, runtime));
}

/// A connection from an address of this machine, with a window that is soon full.
#[cfg(target_os = "linux")]
fn slow(runtime: &tokio::runtime::Runtime, address: u8, site: SocketAddr) -> std::net::TcpStream {
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().expect("there are sockets");
        socket.set_recv_buffer_size(1 << 12).expect("it can be set");
        socket.bind(([127, 0, 0, address], 0).into()).expect("the address is this machine's");
        socket.connect(site).await.expect("the system accepts").into_std().expect("it is a stream")
    });
    stream.set_nonblocking(false).expect("it can be set");
    stream
}

/// Requests for long answers, one after the other.
#[cfg(target_os = "linux")]
fn pipelined(site: SocketAddr, requests: usize) -> Vec<u8> {
    format!("GET /api/v1/openapi.json HTTP/1.1\r\nHost: {site}\r\n\r\n").repeat(requests).into_bytes()
}

/// Who reads nothing of its answers is closed.
#[cfg(target_os = "linux")]
#[test]
fn a_slow_reader_is_closed() {
    const REQUESTS: usize = 200;
    let site = start(Limits { pause: Duration::from_millis(300), ..Limits::default() }, &[]);
    let runtime = tokio::runtime::Runtime::new().expect("the system starts threads");
    let mut stream = slow(&runtime, 1, site);
    stream.write_all(&pipelined(site, REQUESTS)).expect("the server reads");
    thread::sleep(Duration::from_secs(2));
    let whole = get(site, "/api/v1/openapi.json").body.len() * REQUESTS;
    let mut read = Vec::new();
    // It is closed in the middle of an answer, or reset.
    let _ = stream.read_to_end(&mut read);
    assert!(read.len() < whole, "{} of {whole} bytes", read.len());
}

/// Many of them neither keep others waiting nor take much memory, and connections beyond their places are counted in the log.
#[cfg(target_os = "linux")]
#[test]
fn slow_readers_do_not_starve_others_and_refusals_are_counted() {
    let program = Program::start(&[]);
    let (site, id) = (program.address, program.id());
    // The log has to be read, or the pipe fills up and the server waits.
    let reader = thread::spawn(move || program.end());
    still_answers(site);
    let before = resident(id);
    let runtime = tokio::runtime::Runtime::new().expect("the system starts threads");
    let begun = std::time::Instant::now();
    let held: Vec<_> = (0..256)
        .map(|_| {
            let mut stream = slow(&runtime, 2, site);
            // Who is refused hears of it here, or later.
            let _ = stream.write_all(&pipelined(site, 100));
            stream
        })
        .collect();
    let opened_in = begun.elapsed();
    let mut slowest = Duration::ZERO;
    for _ in 0..50 {
        let begun = std::time::Instant::now();
        still_answers(site);
        slowest = slowest.max(begun.elapsed());
    }
    let most = resident(id);
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(most < before + (22 << 10), "{before} KiB before, {most} KiB with 256 readers that do not read");
    drop(held);
    let killed = std::process::Command::new("kill").args(["-TERM", &id.to_string()]).status();
    assert!(killed.expect("the system has kill").success());
    let (_, said) = reader.join().expect("the log can be read");
    let refused = said
        .lines()
        .filter_map(|line| line.strip_suffix(" connections refused: their address has all of its places"))
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
    // A connection that was told 503 leaves its place to another, so it depends on the machine who is turned away by which.
    let refused: u64 = refused.sum();
    let busy = said.lines().filter(|line| line.contains(" 503 ")).count();
    let least = u64::from(opened_in < Duration::from_secs(2));
    assert!(refused <= 64 && refused + busy as u64 >= least, "{refused} refused, {busy} told that the server is busy");
}

/// No key is in the log, wherever it was typed.
#[test]
fn the_log_names_pages_and_no_keys() {
    let program = Program::start(&[]);
    let site = program.address;
    get(site, "/?key=932-9619111&product=outlook-97");
    form(site, "/", &[("key", "932-9619111")]);
    api(site, "/api/v1/check", r#"{"keys":["932-9619111"]}"#);
    api(site, "/api/v1/check", r#"{"keys":"932-9619111"}"#);
    get(site, "/932-9619111");
    get(site, "/catalogue/product/932-9619111");
    get(site, "/catalogue/932-9619111");
    get(site, "/catalogue/932-9619111%FF");
    get(site, "/catalogue/rule/932-9619111%FF");
    get(site, "/catalogue/rule/key/digit-sum");
    send(site, "932-9619111 / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    send(site, "GET /932-9619111 HTTP/1.1\r\nHost: 932-9619111\r\nConnection: close\r\n\r\n");
    send(site, "POST /932-9619111 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    program.signal("-TERM");
    let (code, said) = program.end();
    assert_eq!(code, Some(0));
    assert!(!said.contains("9619111"), "{said}");
    // The moment before, and the time that it took after, are of this run.
    let request = |line: &'_ str| Some(line.split_once(' ')?.1.rsplitn(3, ' ').last()?.to_owned());
    let lines: Vec<_> = said.lines().map(|line| request(line).unwrap_or_default()).collect();
    insta::assert_snapshot!(lines.join("\n"));
    for line in said.lines() {
        let took = line.strip_suffix(" ms").and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
        assert!(took.is_some(), "{line}");
        let moment = line.split(' ').next().unwrap_or_default();
        assert!(moment.len() == 20 && moment.starts_with("20") && moment.ends_with('Z'), "{line}");
    }
}

#[test]
fn a_quiet_server_says_nothing_more() {
    // Quiet from the start would leave the test without the address.
    let site = start(Limits::default(), &[]);
    still_answers(site);
    let taken = site.to_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jewelcase"))
        .args(["serve", "--quiet", "--listen", &taken])
        .output();
    let output = output.expect("the program was built with the tests");
    // Errors are never silenced.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.starts_with(&format!("jewelcase: {taken}: ")), "{said}");
    assert_eq!((said.lines().count(), output.stdout.as_slice()), (1, &b""[..]));
}

/// What the system opens addresses with is asked to open the page.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let folder = std::env::temp_dir().join(format!("jewelcase-open-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("there is room for a test");
    let (opener, opened) = (folder.join("xdg-open"), folder.join("opened"));
    fs::write(&opener, format!("#!/bin/sh\nprintf %s \"$1\" > {0}.part && mv {0}.part {0}\n", opened.display()))
        .expect("there is room");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let program = Program::start_with(&["--open"], &[("PATH", &path)]);
    while !opened.exists() {
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(fs::read_to_string(&opened).expect("it was written"), format!("http://{}/", program.address));
    fs::remove_dir_all(&folder).expect("it is ours");
    still_answers(program.address);
    program.signal("-TERM");
    assert_eq!(program.end().0, Some(0));
}

#[test]
fn listening_to_the_network_is_warned_of() {
    let program = Program::start(&["--listen", "0.0.0.0:0"]);
    assert!(program.address.ip().is_loopback(), "the page is told at an address of this machine: {}", program.address);
    still_answers(program.address);
    program.signal("-TERM");
    let (_, said) = program.end();
    assert!(
        said.starts_with("jewelcase: every machine that can reach 0.0.0.0:") && said.contains("in the clear"),
        "{said}"
    );
}

#[test]
fn requests_under_way_are_finished_before_the_end() {
    for signal in ["-TERM", "-INT"] {
        let program = Program::start(&[]);
        let site = program.address;
        let (head, tail) = (
            "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{\"keys\":[",
            "\"111-1111111\"]}",
        );
        let mut stream = connect(site);
        stream.write_all(head.as_bytes()).expect("the server reads");
        // Answered on another connection, so the first has been accepted before the signal.
        still_answers(site);
        program.signal(signal);
        stream.write_all(tail.as_bytes()).expect("the server still reads");
        let answer = String::from_utf8(read_all(&mut stream)).expect("answers are UTF-8");
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"well_formed\":1"), "{signal}: {answer}");
        assert_eq!(program.end().0, Some(0), "{signal}");
    }
}

/// The resident memory of a process, in KiB.
#[cfg(target_os = "linux")]
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the system tells it");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

/// Ten thousand requests at concurrency 64: no error, and no memory that grows with them.
#[cfg(target_os = "linux")]
#[test]
fn many_requests_at_once_meet_no_error_and_take_no_memory() {
    let program = Program::start(&[]);
    let (site, id) = (program.address, program.id());
    // The log has to be read, or the pipe fills up and the server waits.
    let reader = thread::spawn(move || program.end());
    let round = |requests: usize| {
        thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(move || {
                    let mut stream = connect(site);
                    let body = r#"{"keys":["932-9619111"],"product":"outlook-97"}"#;
                    let request = format!("POST /api/v1/check HTTP/1.1\r\nHost: {site}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                    for _ in 0..requests {
                        stream.write_all(request.as_bytes()).expect("the server reads");
                        assert!(one(&mut stream).ends_with("\"notes\":1}}"));
                    }
                });
            }
        });
    };
    round(20);
    let before = resident(id);
    round(160);
    let after = resident(id);
    assert!(after < before + 4096, "{before} KiB before, {after} KiB after");
    let killed = std::process::Command::new("kill").args(["-TERM", &id.to_string()]).status();
    assert!(killed.expect("the system has kill").success());
    let (code, said) = reader.join().expect("the log can be read");
    assert_eq!(code, Some(0));
    let answered = said.lines().filter(|line| line.contains("Z POST /api/v1/check 200 ")).count();
    assert_eq!(answered, 64 * 180);
}

/// One answer of a connection that is kept.
#[cfg(target_os = "linux")]
fn one(stream: &mut std::net::TcpStream) -> String {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).expect("the server answers");
        assert!(length > 0, "the server closed: {}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let expected = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if expected.is_some_and(|expected| body.len() >= expected) {
                return text.into_owned();
            }
        }
    }
}
