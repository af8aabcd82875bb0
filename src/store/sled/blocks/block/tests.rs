//! A block, to the byte.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn value() -> impl Strategy<Value = Stored<Vec<u8>>> {
    prop_oneof![
        4 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Stored::Here),
        1 => (any::<u64>(), any::<u32>()).prop_map(|(len, crc)| Stored::Parts(Long { len, crc })),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let key = prop::collection::vec(prop_oneof![Just(1u8), any::<u8>()], 1..12);
    prop::collection::btree_map(key, value(), 1..40)
        .prop_map(|rows: BTreeMap<_, _>| rows.into_iter().map(|(key, value)| Row { key, value }).collect())
}

proptest! {
    #[test]
    fn rows_come_back(rows in rows()) {
        let key = &rows[0].key;
        let value = encode(&rows, 0);
        let block = Block::open(key, &value).unwrap();
        prop_assert_eq!(&block.to_rows().unwrap(), &rows);
        for row in &rows {
            let found = block.find(&row.key).unwrap().unwrap();
            match (&row.value, found) {
                (Stored::Here(put), Stored::Here(found)) => prop_assert_eq!(put, found),
                (Stored::Parts(put), Stored::Parts(found)) => prop_assert_eq!(*put, found),
                _ => prop_assert!(false, "a value changed its place"),
            }
        }
        prop_assert_eq!(block.find(&[key.as_slice(), b"\0\0"].concat()).unwrap(), None);
    }

    #[test]
    fn damaged_bodies_that_pass_the_checksum_do_not_panic(rows in rows(), at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let key = rows[0].key.clone();
        let mut value = encode(&rows, 0);
        let body = envelope::HEAD..value.len();
        value[body.start + at.index(body.len())] = byte;
        value.truncate(body.start + cut.index(body.len()));
        envelope::seal(&key, &mut value);
        if let Ok(block) = Block::open(&key, &value) {
            let _ = block.to_rows();
            let _ = block.find(&key);
        }
    }
}

#[test]
fn the_bytes_of_version_one_stay_as_they_are() {
    let rows = [
        Row { key: b"\x01ada".to_vec(), value: Stored::Here(b"Lovelace".to_vec()) },
        Row { key: b"\x01alan".to_vec(), value: Stored::Parts(Long { len: 3_000, crc: 0x0403_0201 }) },
    ];
    let golden = [
        &[1, 0xb9, 0x56, 0x2e, 0x5c, 2, 2][..],
        &[2, 16, b'd', b'a', b'L', b'o', b'v', b'e', b'l', b'a', b'c', b'e'],
        &[3, 13, b'l', b'a', b'n', 0xb8, 0x17, 1, 2, 3, 4],
    ];
    assert_eq!(encode(&rows, 0), golden.concat());
}

#[test]
fn a_count_that_is_too_small_is_a_flaw() {
    let rows = [
        Row { key: b"\x01a".to_vec(), value: Stored::Here(Vec::new()) },
        Row { key: b"\x01b".to_vec(), value: Stored::Here(Vec::new()) },
    ];
    let mut value = encode(&rows, 0);
    value[envelope::HEAD] = 1;
    envelope::seal(&rows[0].key, &mut value);
    assert_eq!(Block::open(&rows[0].key, &value).unwrap().to_rows(), Err(Flaw::Shape));
}
