//! Connections: accepted up to a number, read with time-outs, ended in order when the server stops.

use super::{
    Settings,
    guard::{Caller, Guard},
};
use axum::Router;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, future::Future, io, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};

/// The most bytes of a request's head, and of an answer that waits for its reader.
const BUFFER: usize = 32 * 1024;

/// How long to wait when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts connections until `stop` is ready, then waits for those that are open.
pub(super) async fn accept(
    listener: std::net::TcpListener,
    site: Router,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let limits = settings.limits;
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let guard = Arc::new(Guard::new(site, settings)?);
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((place, listener.accept().await?))
        };
        tokio::select! {
            () = &mut stop => break,
            accepted = next => match accepted {
                Ok((place, (stream, peer))) => {
                    let (guard, stopped) = (Arc::clone(&guard), stopped.clone());
                    tokio::spawn(async move {
                        // A caller who goes away, or talks no HTTP, is no fault of the server.
                        if let Ok(caller) = Caller::of(&stream, peer) {
                            serve(stream, caller, guard, stopped).await;
                        }
                        drop(place);
                    });
                }
                Err(_) => sleep(PAUSE).await,
            },
        }
    }
    drop((listener, stopping));
    // Every place free again: every connection has ended. What has not by then is cut.
    let _ = timeout(limits.grace, room.acquire_many(limits.connections)).await;
    Ok(())
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, caller: Caller, guard: Arc<Guard>, mut stopped: watch::Receiver<()>) {
    let limits = guard.limits();
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let guard = Arc::clone(&guard);
        async move { Ok::<_, Infallible>(guard.answer(caller, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.changed() => {}
        () = sleep(limits.connection) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.grace, connection).await;
}

/// Ready when the process is told to stop.
pub(super) async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
