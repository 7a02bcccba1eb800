//! TLS: nobody is believed whose certificate is not vouched for, or who speaks less than TLS 1.2 (R25).

use crate::desk::client;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use greenhouse::{Error, Filter, wire::Job};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// A certificate for localhost that vouches for itself, made for this test alone, good until 2120.
const CERTIFICATE: &str = "\
    MIIBXTCCAQSgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwIBcNMjAwMTAxMDAwMDAwWhgP\
    MjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA0Z/bXY\
    oZLiC2dkFc5FFzgkp5AHllZYd4lyl951riogLrju1WrJ0YuzumrKWfrS7LO/QoKkIhtFzqNPcZ52uHajRTBDMBQGA1Ud\
    EQQNMAuCCWxvY2FsaG9zdDAMBgNVHRMBAf8EAjAAMB0GA1UdDgQWBBQ/YQGnUcwzJeH4PkD1zF9A+1h1wjAKBggqhkjO\
    PQQDAgNHADBEAiAlrxBbafx+4FzNx1aZj8/i2oxHDZGFgApVjQtpwmlj3wIgG16PBsFzscBadnQ3af4tDfvdMXFpAaPx\
    4vEDSpcra9Q=";

/// Its key, which opens nothing.
const KEY: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8Hhjk+EpkX1vf7z0ao36wcQMynqZX98QUzsNJXrBwp2h\
    RANCAAQNGf212KGS4gtnZBXORRc4JKeQB5ZWWHeJcpfeda4qIC647tVqydGLs7pqyln60uyzv0KCpCIbRc6jT3Gedrh2";

/// Somebody in the middle with a certificate of their own making; counts the requests that reach them.
async fn impostor() -> (u16, CertificateDer<'static>, Arc<AtomicUsize>) {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let bytes = |text: &str| BASE64_STANDARD.decode(text).unwrap();
    let certificate = CertificateDer::from(bytes(CERTIFICATE));
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(bytes(KEY)));
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let requests = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut piece = [0; 4096];
                while let Ok(1..) = stream.read(&mut piece).await {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]";
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    (port, certificate, requests)
}

#[tokio::test]
async fn a_certificate_of_their_own_making_is_refused() {
    let (port, certificate, requests) = impostor().await;
    let origin = format!("https://localhost:{port}");
    let list = client(&origin, &origin).list::<Job>(&Filter::all());
    let error = list.all().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert_eq!(requests.load(Ordering::SeqCst), 0, "no secret reached them");

    let trusting = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_der(&certificate).unwrap()])
        .no_proxy()
        .build()
        .unwrap();
    let answer = trusting.get(&origin).send().await.unwrap();
    assert_eq!(
        answer.status(),
        200,
        "whoever trusts the certificate gets in"
    );
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_server_that_speaks_an_older_tls_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let heard = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 4096];
            let said = stream.read(&mut hello).await.unwrap_or(0);
            assert!(said > 0, "the client says hello first");
            // A server's hello of TLS 1.1, with a suite of that time.
            let mut answer = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
            answer.extend([7; 32]);
            answer.extend([0, 0xc0, 0x13, 0]);
            stream.write_all(&answer).await.ok();
            // An alert is fifteen bytes at most; a request would be more.
            let count = stream.read(&mut hello).await.unwrap_or(0);
            counted.fetch_max(count, Ordering::SeqCst);
        }
    });
    let list = client(&origin, &origin).list::<Job>(&Filter::all());
    let error = list.all().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert!(
        heard.load(Ordering::SeqCst) <= 15,
        "nothing but the alert was said"
    );
}
