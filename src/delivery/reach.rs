//! Which addresses a message may be sent to, judged after the name was looked up, so that no name leads inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Barred {
    #[error("leads to an address that is only for this machine's own network or its cloud, which is never reached")]
    Never,
    #[error("leads to a private address or to this machine, which is reached only where the settings allow it")]
    Private,
    #[error("is an http address outside the private network, where others could read it; use https")]
    Clear,
}

/// Services of clouds that tell a machine its secrets, outside the ranges below.
const METADATA: &[IpAddr] = &[
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
];

/// Judges one address.
pub(super) fn judge(ip: IpAddr, allow_private: bool) -> Result<(), Barred> {
    let ip = plain(ip);
    if METADATA.contains(&ip) || is_never(ip) {
        Err(Barred::Never)
    } else if is_private(ip) && !allow_private {
        Err(Barred::Private)
    } else {
        Ok(())
    }
}

/// Whether an address lies in the house: this machine or a private network.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && b & 0xc0 == 64;
            let protocols = [a, b, c] == [192, 0, 0];
            ip.is_loopback() || ip.is_private() || shared || protocols || (a == 198 && b & 0xfe == 18)
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.segments()[0] & 0xffc0 == 0xfec0,
    }
}

fn is_never(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.octets()[0] == 0 || ip.is_link_local() || ip.octets()[0] >= 224,
        IpAddr::V6(ip) => ip.is_unspecified() || ip.is_unicast_link_local() || ip.is_multicast(),
    }
}

/// The address that is meant: IPv4 inside IPv6 (mapped, compatible, NAT64, 6to4) as IPv4.
fn plain(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = ip else { return ip };
    let pair = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match six.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => ip,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0 | 1, _, _, _, high, low]
        | [0x2002, high, low, ..] => pair(high, low),
        _ => ip,
    }
}

#[cfg(test)]
mod tests;
