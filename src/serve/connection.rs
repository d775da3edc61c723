//! Connections: accepted up to a maximum number, read with time-outs, closed in order when the server stops.

use super::{
    Settings,
    guard::{Caller, Guard},
    patient::Patient,
    places::Places,
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

/// The maximum size of a request's head, and of a response that waits to be sent, in bytes.
const MAX_BUFFER_BYTES: usize = 32 * 1024;

/// The pause when the system has no room for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

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
    let places = Places::of(limits.connections);
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
                    // Who holds many connections is refused more, and leaves those that are left to others.
                    let Some(own) = places.take(peer.ip().to_canonical()) else {
                        guard.refused();
                        continue;
                    };
                    let (guard, stopped) = (Arc::clone(&guard), stopped.clone());
                    tokio::spawn(async move {
                        // A caller that disconnects or does not speak HTTP is not a fault of the server.
                        if let Ok(caller) = Caller::of(&stream, peer) {
                            serve(stream, caller, guard, stopped).await;
                        }
                        drop((own, place));
                    });
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop((listener, stopping));
    // If all permits are free, every connection has ended. Those that have not by then are cut.
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
        .max_buf_size(MAX_BUFFER_BYTES)
        .serve_connection(TokioIo::new(Patient::new(stream, limits.pause)), service);
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.changed() => {}
        () = sleep(limits.connection) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.grace, connection).await;
}

/// Ready when the process is asked to stop.
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
