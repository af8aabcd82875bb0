//! Certificates that the tests make for their servers.

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;

pub type Sealed = StreamOwned<ServerConnection, TcpStream>;

pub struct Certificate {
    pub der: Vec<u8>,
    key: Vec<u8>,
}

/// For this machine, and good for long.
pub fn good() -> Certificate {
    made(&["127.0.0.1", "localhost"], 4000)
}

/// Expired long ago.
pub fn expired() -> Certificate {
    made(&["127.0.0.1"], 2001)
}

/// For another machine.
pub fn for_another() -> Certificate {
    made(&["mail.example.com"], 4000)
}

fn made(names: &[&str], until: i32) -> Certificate {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    (params.not_before, params.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(until, 1, 1));
    let key = KeyPair::generate().unwrap();
    Certificate { der: params.self_signed(&key).unwrap().der().to_vec(), key: key.serialize_der() }
}

impl Certificate {
    /// The server's end of an encrypted line.
    pub fn seal(&self, stream: TcpStream) -> Sealed {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from(self.der.clone())],
                PrivatePkcs8KeyDer::from(self.key.clone()).into(),
            )
            .unwrap();
        StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream)
    }
}
