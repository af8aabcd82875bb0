//! R4.8: which addresses are reached.

use super::*;
use rstest::rstest;

#[rstest]
#[case("93.184.216.34")]
#[case("2606:4700::6810:84e5")]
#[case("172.32.0.1")]
#[case("100.128.0.1")]
#[case("::ffff:8.8.8.8")]
#[case("64:ff9b::808:808")]
fn r4_8_public_addresses_are_reached(#[case] ip: IpAddr) {
    assert_eq!(judge(ip, false), Ok(()));
    assert!(!is_private(ip));
}

#[rstest]
#[case("127.0.0.1")]
#[case("127.8.9.10")]
#[case("::1")]
#[case("10.1.2.3")]
#[case("172.16.0.1")]
#[case("192.168.1.5")]
#[case("100.64.0.1")]
#[case("198.18.0.1")]
#[case("fd12:3456::1")]
#[case("fec0::1")]
#[case("::ffff:127.0.0.1")]
#[case("::ffff:192.168.1.5")]
#[case("::127.0.0.1")]
#[case("64:ff9b::c0a8:105")]
#[case("2002:c0a8:105::1")]
fn r4_8_private_ones_only_when_allowed(#[case] ip: IpAddr) {
    assert_eq!(judge(ip, false), Err(Barred::Private));
    assert_eq!(judge(ip, true), Ok(()));
    assert!(is_private(ip));
}

#[rstest]
#[case("169.254.169.254")]
#[case("169.254.0.1")]
#[case("fe80::1")]
#[case("::ffff:169.254.169.254")]
#[case("::ffff:0:169.254.169.254")]
#[case("64:ff9b::a9fe:a9fe")]
#[case("64:ff9b:1::a9fe:a9fe")]
#[case("2002:a9fe:a9fe::")]
#[case("fd00:ec2::254")]
#[case("fd20:ce::254")]
#[case("100.100.100.200")]
#[case("168.63.129.16")]
#[case("192.0.0.192")]
#[case("0.0.0.0")]
#[case("0.1.2.3")]
#[case("::")]
#[case("224.0.0.1")]
#[case("255.255.255.255")]
#[case("240.0.0.1")]
#[case("ff02::1")]
fn r4_8_link_local_and_metadata_addresses_never(#[case] ip: IpAddr) {
    assert_eq!(judge(ip, false), Err(Barred::Never));
    assert_eq!(judge(ip, true), Err(Barred::Never));
}
