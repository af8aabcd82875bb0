//! Golden bytes: how each row of version 1 lies on disks out there. They never change; a new version gets new ones.

mod samples;

use super::*;
use crate::domain::activity::{ActivityKind, AuthorMark, Direction, LoggedFrom};
use crate::domain::agenda::PlannedKind;
use crate::domain::change::Op;
use proptest::prelude::*;
use std::borrow::Cow;

/// What is read of any row: whether it was understood.
type Read = fn(&[u8]) -> Decoded<()>;

const READERS: &[(&str, Read)] = &[
    ("record", |bytes| decode_record(samples::contact(), bytes).map(drop)),
    ("view", |bytes| view_record(bytes).map(drop)),
    ("binned", |bytes| decode_binned(samples::contact(), bytes).map(drop)),
    ("link", |bytes| decode_link(samples::company(), bytes).map(drop)),
    ("activity", |bytes| decode_activity(samples::activity_id(), bytes).map(drop)),
    ("binned activity", |bytes| decode_binned_activity(samples::activity_id(), bytes).map(drop)),
    ("entry", |bytes| decode_entry(bytes).map(drop)),
    ("planned", |bytes| decode_planned(bytes).map(drop)),
    ("logged", |bytes| decode_logged(bytes).map(drop)),
    ("act", |bytes| decode_act(bytes).map(drop)),
    ("intent", |bytes| decode_intent(bytes).map(drop)),
    ("notification", |bytes| decode_notification(samples::notification_id(), bytes).map(drop)),
    ("line", |bytes| decode_line(bytes).map(drop)),
    ("last try", |bytes| decode_last_try(bytes).map(drop)),
];

const ENTRY: EntryView = EntryView {
    kind: ActivityKind::Task,
    open_task: true,
    direction: Some(Direction::In),
    from: LoggedFrom::Import,
    by: AuthorMark(7),
};

const PLANNED: PlannedView = PlannedView { kind: PlannedKind::Meeting, queue: Cow::Borrowed("Ł") };

fn reader(name: &str) -> Read {
    READERS.iter().find(|(known, _)| *known == name).unwrap().1
}

fn logged() -> Vec<(LoggedOp, Reason)> {
    let reasons = [Reason::Asked, Reason::rule(2, 2, "first stage")];
    samples::logged().into_iter().zip(reasons.into_iter().cycle()).collect()
}

/// Every sample as it is written, with what it is read by.
fn rows() -> Vec<(&'static str, Vec<u8>)> {
    let mut rows = vec![
        ("record", encode_record(&samples::record())),
        ("view", encode_record(&samples::record())),
        ("binned", encode_binned(&samples::binned())),
        ("binned activity", encode_binned_activity(&samples::binned_activity())),
        ("link", encode_link(&samples::link())),
        ("entry", encode_entry(ENTRY)),
        ("planned", encode_planned(&PLANNED)),
        ("logged", encode_logged(ActNo(12), &logged())),
        ("notification", encode_notification(&samples::notification())),
        ("line", encode_line(&samples::notification())),
        ("last try", encode_last_try(&samples::last_tries()[1])),
    ];
    rows.extend(samples::activities().iter().map(|activity| ("activity", encode_activity(activity))));
    rows.extend(samples::acts().iter().map(|head| ("act", encode_act(head))));
    rows.extend(samples::intents().iter().map(|intent| ("intent", encode_intent(intent))));
    rows
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().filter_map(|c| Some(c.to_digit(16)? as u8)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[track_caller]
fn assert_golden(written: &[u8], golden: &str) -> Vec<u8> {
    let golden = bytes(golden);
    assert_eq!(hex(written), hex(&golden));
    golden
}

#[test]
fn records() {
    let golden = assert_golden(
        &encode_record(&samples::record()),
        "0103fdae2b5be74303000000a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a102fc70110100fd7e335be7430300000b640007c581c3\
         b364c5bac801000000000000f8bffb2c0102fce3a90300455552fb90010303fbf40104fdde235be743030000fb58020501fb\
         bc0206fb2c01fb200307020102fb840308a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1fbe8030902a1a1a1a1a1a1a1a1a1a1a1a1\
         a1a1a1a1a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2fb4c040a02066140622e706c00",
    );
    assert_eq!(decode_record(samples::contact(), &golden), Ok(samples::record()));
    let view = view_record(&golden).unwrap();
    for (value, number) in samples::values().iter().zip(1u16..) {
        let id = crate::domain::id::PropertyId(number * 100);
        assert_eq!(view.get(id).unwrap().to_value().as_ref(), Ok(value));
    }
}

#[test]
fn binned_records() {
    let golden = assert_golden(
        &encode_binned(&samples::binned()),
        "01fd4e3b5be743030000010903fdae2b5be74303000000a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a102fc70110100fd7e335be7\
         43030000010100034a616e",
    );
    assert_eq!(decode_binned(samples::contact(), &golden), Ok(samples::binned()));
}

#[test]
fn binned_activities() {
    let golden = assert_golden(
        &encode_binned_activity(&samples::binned_activity()),
        "01fd4e3b5be74303000001090103fd5e625be74303000001530003011111111111111111111111111111111101fd2e6a5be7430300\
         0001030100",
    );
    assert_eq!(decode_binned_activity(samples::activity_id(), &golden), Ok(samples::binned_activity()));
}

#[test]
fn links() {
    let golden = assert_golden(
        &encode_link(&samples::link()),
        "01010204fb9001fd1e435be7430300000200a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a10801050410746865206f6e6c7920636f\
         6d70616e79",
    );
    assert_eq!(decode_link(samples::company(), &golden), Ok(samples::link()));
    assert!(link_is_primary(&golden));
    assert!(!link_is_primary(&encode_link(&Link { primary: false, ..samples::link() })));
    assert!(!link_is_primary(&[]));
}

#[test]
fn activities() {
    const GOLDEN: [&str; 7] = [
        "010100fd5e625be74303000001530974776f0a6c696e657300010105013d011111111111111111111111111111111101fd2e\
         6a5be743030000010301020111111111111111111111111111111111fd5e625be74303000000022222222222222222222222\
         2222222222fdee4a5be74303000001050410746865206f6e6c7920636f6d70616e79",
        "010101fd5e625be74303000001530974776f0a6c696e65730100066140622e706c01066340642e706c01066540662e706c01\
         0174011111111111111111111111111111111101fd2e6a5be743030000010301020111111111111111111111111111111111\
         fd5e625be743030000000222222222222222222222222222222222fdee4a5be74303000001050410746865206f6e6c792063\
         6f6d70616e79",
        "010102fd5e625be74303000001530974776f0a6c696e6573020118323032362d31312d31395431323a30303a30372e303037\
         5a01066340642e706c06526f6f6d20320104011111111111111111111111111111111101fd2e6a5be7430300000103010201\
         11111111111111111111111111111111fd5e625be743030000000222222222222222222222222222222222fdee4a5be74303\
         000001050410746865206f6e6c7920636f6d70616e79",
        "010103fd5e625be74303000001530974776f0a6c696e657303011111111111111111111111111111111101fd2e6a5be74303\
         0000010301020111111111111111111111111111111111fd5e625be743030000000222222222222222222222222222222222\
         fdee4a5be74303000001050410746865206f6e6c7920636f6d70616e79",
        "010104fd5e625be74303000001530974776f0a6c696e65730402010118323032362d31312d31395431323a30303a30382e30\
         30375a030110a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a20151011111111111111111111111111111111101fd2e6a5be7430300\
         00010301020111111111111111111111111111111111fd5e625be743030000000222222222222222222222222222222222fd\
         ee4a5be74303000001050410746865206f6e6c7920636f6d70616e79",
        "010108fd5e625be74303000001530974776f0a6c696e65730501052b3438203101052b343820320111111111111111111111\
         11111111111101fd2e6a5be743030000010301020111111111111111111111111111111111fd5e625be74303000000022222\
         2222222222222222222222222222fdee4a5be74303000001050410746865206f6e6c7920636f6d70616e79",
        "010109fd5e625be74303000001530974776f0a6c696e657306077369676e5f75700104622e706c027b7d01111111111111\
         1111111111111111111101fd2e6a5be743030000010301020111111111111111111111111111111111fd5e625be7430300\
         00000222222222222222222222222222222222fdee4a5be74303000001050410746865206f6e6c7920636f6d70616e79",
    ];
    let samples = samples::activities();
    assert_eq!(samples.len(), GOLDEN.len());
    for (activity, golden) in samples.into_iter().zip(GOLDEN) {
        let golden = assert_golden(&encode_activity(&activity), golden);
        assert_eq!(decode_activity(samples::activity_id(), &golden), Ok(activity));
    }
}

#[test]
fn entries() {
    let golden = assert_golden(&encode_planned(&PLANNED), "010302c581");
    assert_eq!(decode_planned(&golden), Ok(PLANNED));
    let golden = assert_golden(&encode_entry(ENTRY), "01040101010207");
    assert_eq!(decode_entry(&golden), Ok(ENTRY));
    for (number, row) in (0u8..).zip(ActivityKind::ROWS) {
        let entry = EntryView { kind: row.kind, open_task: false, direction: None, ..ENTRY };
        assert_eq!(encode_entry(entry), [VERSION, number, 0, 0, 2, 7], "{}", row.name);
    }
}

#[test]
fn logged_ops() {
    let ops = logged();
    let golden = assert_golden(
        &encode_logged(ActNo(12), &ops),
        "010c150001111111111111111111111111111111110001011111111111111111111111111111111102222222222222222222\
         222222222222220102020b6669727374207374616765023333333333333333333333333333333300030102020b6669727374\
         2073746167650401111111111111111111111111111111110700010001610004011111111111111111111111111111111107\
         010500000102020b666972737420737461676505011111111111111111111111111111111102222222222222222222222222\
         2222222201040100fdfe715be7430300000100a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1080000060111111111111111111111\
         1111111111110222222222222222222222222222222222010401000000000102020b66697273742073746167650733333333\
         3333333333333333333333330222222222222222222222222222222222fdee4a5be74303000001050410746865206f6e6c79\
         20636f6d70616e7900080001111111111111111111111111111111110102020b666972737420737461676509013333333333\
         3333333333333333333333000a01111111111111111111111111111111110222222222222222222222222222222222010401\
         00fdfe715be7430300000100a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a108000102020b66697273742073746167650b33333333\
         3333333333333333333333330222222222222222222222222222222222fdee4a5be74303000001050410746865206f6e6c79\
         20636f6d70616e79000c0001111111111111111111111111111111110102020b66697273742073746167650d016b00010131\
         000e3333333333333333333333333333333300fdde235be74303000000fdae2b5be7430300000102020b6669727374207374\
         6167650e3333333333333333333333333333333301000102c582000e33333333333333333333333333333333020161020162\
         0102020b66697273742073746167650e333333333333333333333333333333330303030300\
         0f444444444444444444444444444444440102020b6669727374207374616765104444444444444444444444444444444400",
    );
    assert_eq!(decode_logged(&golden), Ok((ActNo(12), ops)));
}

/// What was made is logged by id only, whether it comes whole or not.
#[test]
fn what_was_made_is_logged_by_id() {
    let activity = samples::activities().remove(0);
    let whole = [Op::Create(Box::new(samples::record())), Op::Log(Box::new(activity))];
    let whole = whole.map(|op| (LoggedOp::Whole(op), Reason::Asked));
    let short = [LoggedOp::Created(samples::contact()), LoggedOp::Logged(samples::activity_id())];
    let short = short.map(|op| (op, Reason::Asked));
    assert_eq!(encode_logged(ActNo(1), &whole), encode_logged(ActNo(1), &short));
}

#[test]
fn acts() {
    const GOLDEN: [&str; 3] = [
        "010500a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1fdce795be74303000000001344656c6574656420353030207265636f726473\
         c8fbf4010006fb2c0102010701",
        "010500a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1fdce795be7430300000001041344656c6574656420353030207265636f7264\
         73c8fbf4010006fb2c01020001",
        "010500a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1fdce795be7430300000002041344656c6574656420353030207265636f7264\
         73c8fbf4010006fb2c01020001",
    ];
    let samples = samples::acts();
    assert_eq!(samples.len(), GOLDEN.len());
    for (head, golden) in samples.into_iter().zip(GOLDEN) {
        let golden = assert_golden(&encode_act(&head), golden);
        assert_eq!(decode_act(&golden), Ok(head));
    }
}

#[test]
fn intents() {
    const GOLDEN: [&str; 16] = [
        "0100",
        "0101020001111111111111111111111111111111110133333333333333333333333333333333",
        "01020200011111111111111111111111111111111101333333333333333333333333333333330107",
        "0103020001111111111111111111111111111111110133333333333333333333333333333333",
        "010405fb2b01",
        "010502152f686f6d652f6d616a612f70656f706c652e637376fc70110100fc0df0feca0d2f746d702fc5822e6a736f6e6c01\
         fc0df0feca010101034f727404636974790201010001fbd007",
        "0106010001111111111111111111111111111111110207010002c5820800",
        "010701285b7b226e616d65223a2273697a65222c226c6162656c223a2253697a65222c226b696e64223a225465787422\
         2c226f7074696f6e73223a5b5d2c227265717569726564223a66616c73652c227365617263686564223a66616c73657d\
         0203",
        "010864",
        "01090100011111111111111111111111111111111100022222222222222222222222222222222201fb658001",
        "010afb07017b2277686174223a5b7b226f626a656374223a312c2275756964223a2231313131313131312d313131312d\
         313131312d313131312d313131313131313131313131227d5d2c227374616765223a352c22706c616365223a7b224265\
         747765656e223a7b2261626f7665223a7b226f626a656374223a312c2275756964223a2231313131313131312d313131\
         312d313131312d313131312d313131313131313131313131227d2c2262656c6f77223a6e756c6c7d7d2c22726561736f\
         6e223a7b2254686973223a327d2c226e6f7465223a224c61746572222c226465616c223a7b2254686973223a5b5b312c\
         7b2254657874223a22526f6f66227d5d2c5b322c6e756c6c5d5d7d7d",
        "010b4a7b226f626a656374223a352c22666f726d73223a5b7b226964223a312c226e616d65223a224c65616473222c22\
         737461676573223a5b5d7d5d2c226d6f766573223a5b5b332c325d5d7d",
        "010c385b5b2233333333333333332d333333332d333333332d333333332d333333333333333333333333225d2c7b2244\
         6f6e65223a747275657d5d",
        "010d01000111111111111111111111111111111111",
        "010efb0a015b7b226964223a2230313031303130312d303130312d303130312d303130312d303130313031303130313031\
         222c226e616d65223a224f6c61222c22656d61696c223a226f6c6140782e6578616d706c65222c227465616d223a6e756c\
         6c2c2273656174223a226e6f6e65222c22616374697665223a747275652c2267726f7774685f7370656369616c69737422\
         3a66616c73652c2273757065725f61646d696e223a66616c73652c22656469745f70726f70657274795f73657474696e67\
         73223a66616c73652c227065726d697373696f6e73223a7b7d7d2c7b2255736572223a2230323032303230322d30323032\
         2d303230322d303230322d303230323032303230323032227d5d",
        "010501022f6d05fc0df0feca0000000000010001",
    ];
    let samples = samples::intents();
    assert_eq!(samples.len(), GOLDEN.len());
    for (intent, golden) in samples.into_iter().zip(GOLDEN) {
        let golden = assert_golden(&encode_intent(&intent), golden);
        assert_eq!(decode_intent(&golden), Ok(intent));
    }
}

#[test]
fn notifications() {
    let golden = assert_golden(
        &encode_notification(&samples::notification()),
        "01a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a20501000111111111111111111111111111111111010133333333333333333333\
         333333333333114d6f76656420746f20c5813a20526f6f6604526f6f66074f70656e2069740b596f75206f776e2069742e\
         fd1e435be743030000fc70110100fb2c01040000fdae2b5be743030000fdde235be7430300000301096e6f20616e737765\
         720102fd7e335be7430300000561206461790201fd4e3b5be74303000003030101",
    );
    assert_eq!(decode_notification(samples::notification_id(), &golden), Ok(samples::notification()));
    let golden = assert_golden(&encode_line(&samples::notification()), "010005");
    assert_eq!(decode_line(&golden), Ok((false, Topic::StageChanged)));
    for (last, golden) in
        samples::last_tries().into_iter().zip(["01fdde235be74303000000", "01fdde235be74303000001026e6f"])
    {
        let golden = assert_golden(&encode_last_try(&last), golden);
        assert_eq!(decode_last_try(&golden), Ok(last));
    }
}

#[test]
fn a_row_of_a_newer_version_says_so() {
    for (name, mut row) in rows() {
        row[0] = VERSION + 1;
        assert_eq!(reader(name)(&row), Err(CodecError::Newer(VERSION + 1)), "{name}");
    }
}

#[test]
fn a_row_that_was_cut_is_broken() {
    for (name, row) in rows() {
        for end in 0..row.len() {
            let read = reader(name)(&row[..end]);
            assert!(matches!(read, Err(CodecError::Broken(_))), "{name} cut at {end}: {read:?}");
        }
    }
}

#[test]
fn a_row_with_bytes_left_over_is_broken() {
    for (name, mut row) in rows() {
        assert_eq!(reader(name)(&row), Ok(()), "{name}");
        row.push(0);
        assert_eq!(reader(name)(&row), Err(CodecError::Broken("bytes are left over".into())), "{name}");
    }
}

/// Lengths of terabytes, where lengths stand: an honest reader would ask the system for that much at once.
#[test]
fn a_damaged_length_does_not_ask_for_all_memory() {
    const HUGE: [u8; 9] = [253, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f];
    for (name, row) in rows() {
        for at in 1..row.len() {
            let damaged = [&row[..at], &HUGE, &row[at + 1..]].concat();
            // That it comes back at all is the test; a number may well be that large.
            let _ = reader(name)(&damaged);
        }
    }
    let labels = [&[VERSION, 1][..], &HUGE].concat();
    assert!(matches!(decode_link(samples::company(), &labels), Err(CodecError::Broken(_))));
    let subject = [&[VERSION, 1, 0, 0][..], &HUGE].concat();
    assert!(matches!(decode_activity(samples::activity_id(), &subject), Err(CodecError::Broken(_))));
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let row = [&[VERSION][..], &body].concat();
        for (_, read) in READERS {
            let _ = read(&row);
            let _ = read(&body);
        }
    }

    #[test]
    fn flipped_bytes_are_read_without_a_panic(
        which in any::<proptest::sample::Index>(),
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let rows = rows();
        let (_, row) = which.get(&rows);
        let mut row = row.clone();
        for (at, with) in flips {
            *at.get_mut(&mut row) ^= with;
        }
        for (_, read) in READERS {
            let _ = read(&row);
        }
    }
}
