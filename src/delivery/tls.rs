//! Encryption: whose certificates are trusted. There is no way to go without the check.

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// Who may vouch for a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Roots {
    /// Whom the system trusts; on a system that names nobody, whom Mozilla trusts.
    #[default]
    System,
    /// Nobody but these certificates, each in DER.
    Only(Vec<Vec<u8>>),
}

impl Roots {
    fn certificates(&self) -> Vec<CertificateDer<'static>> {
        match self {
            Roots::System => rustls_native_certs::load_native_certs().certs,
            Roots::Only(given) => given.iter().cloned().map(CertificateDer::from).collect(),
        }
    }

    /// For connections that are encrypted here.
    pub(super) fn client(&self) -> Result<Arc<ClientConfig>, rustls::Error> {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(self.certificates());
        if store.is_empty() && *self == Roots::System {
            store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(Arc::new(versions.with_root_certificates(store).with_no_client_auth()))
    }

    /// For the requests of ureq.
    pub(super) fn web(&self) -> TlsConfig {
        let certificates = self.certificates();
        let roots = if certificates.is_empty() && *self == Roots::System {
            RootCerts::WebPki
        } else {
            let owned = certificates.iter().map(|der| Certificate::from_der(der).to_owned());
            RootCerts::Specific(Arc::new(owned.collect()))
        };
        TlsConfig::builder().root_certs(roots).build()
    }
}

/// Why an encrypted connection did not come about, for a sentence that begins with the server.
pub(super) fn told(error: &rustls::Error) -> String {
    use rustls::CertificateError as Bad;
    let rustls::Error::InvalidCertificate(bad) = error else { return format!("could not be encrypted with: {error}") };
    let why = match bad {
        // A bad signature is that of a stranger who has taken the name of somebody who is trusted.
        Bad::UnknownIssuer | Bad::BadSignature => "nobody who is trusted here vouches for it".to_owned(),
        Bad::Expired | Bad::ExpiredContext { .. } => "it has expired".to_owned(),
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => "it is for another name".to_owned(),
        other => format!("{other:?}"),
    };
    format!("has a certificate that is not accepted: {why}")
}
