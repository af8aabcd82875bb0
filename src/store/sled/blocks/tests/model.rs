//! Random batches on the blocks and on a plain map give the same answers.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Model = BTreeMap<Vec<u8>, Vec<u8>>;

#[derive(Debug, Clone)]
enum Step {
    Write(Vec<(Vec<u8>, Option<Vec<u8>>)>),
    /// Adds this many rows at the end of a kind.
    Append(u8, u16, usize),
    /// Deletes all rows of a kind whose number among them is not a multiple.
    Thin(u8, usize),
    Reopen,
    Restart,
    Rewrite,
    Backup,
}

fn kinds() -> impl Strategy<Value = u8> {
    prop::sample::select(vec![FIRST_KIND, 7, 8, LAST_KIND])
}

fn keys() -> impl Strategy<Value = Vec<u8>> {
    let stem = prop::sample::select(vec![&b""[..], b"a", b"a\0", b"abcdefghijklmnop", b"abcdefghijklmnoq\xff\xff"]);
    (kinds(), stem, 0..400u16).prop_map(|(kind, stem, number)| [&[kind], stem, &number.to_be_bytes()[..]].concat())
}

fn values() -> impl Strategy<Value = Option<Vec<u8>>> {
    let len = prop_oneof![20 => 0..40usize, 20 => 40..700usize, 2 => 2_700..9_500usize];
    prop::option::weighted(0.75, (len, any::<u8>()).prop_map(|(len, byte)| vec![byte; len]))
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => prop::collection::vec((keys(), values()), 1..200).prop_map(Step::Write),
        5 => prop::collection::vec((keys(), values()), 1..5).prop_map(Step::Write),
        3 => (kinds(), 1..300u16, 0..300usize).prop_map(|(kind, rows, len)| Step::Append(kind, rows, len)),
        2 => (kinds(), 1..20usize).prop_map(|(kind, every)| Step::Thin(kind, every)),
        1 => Just(Step::Reopen),
        2 => Just(Step::Restart),
        1 => Just(Step::Rewrite),
        1 => Just(Step::Backup),
    ]
}

fn changes(step: &Step, model: &Model) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    match step {
        Step::Write(changes) => changes.clone(),
        Step::Append(kind, rows, len) => {
            let last = model.range(vec![*kind]..vec![*kind + 1]).next_back();
            let end = last.map_or_else(|| vec![*kind], |(key, _)| key[..key.len().min(40)].to_vec());
            let row = |number: u16| ([&end, &b"\xff"[..], &number.to_be_bytes()].concat(), Some(vec![1; *len]));
            (0..*rows).map(row).collect()
        }
        Step::Thin(kind, every) => {
            let rows = model.range(vec![*kind]..vec![*kind + 1]).enumerate();
            rows.filter(|(number, _)| number % every != 0).map(|(_, (key, _))| (key.clone(), None)).collect()
        }
        _ => Vec::new(),
    }
}

fn apply(blocks: &mut Option<Blocks>, temp: &TempDir, step: &Step, model: &mut Model) {
    let open = blocks.as_ref().unwrap();
    let mut batch = Batch::new();
    for (key, value) in changes(step, model) {
        match value.clone() {
            Some(value) => batch.put(key.clone(), value),
            None => batch.delete(key.clone()),
        }
        match value {
            Some(value) => model.insert(key, value),
            None => model.remove(&key),
        };
    }
    match step {
        Step::Write(_) | Step::Append(..) | Step::Thin(..) => open.write(batch).unwrap(),
        Step::Reopen => open.reopen().unwrap(),
        Step::Rewrite => open.rewrite_afresh(&mut go_on).unwrap(),
        Step::Restart => {
            drop(blocks.take());
            *blocks = Some(Blocks::open(temp.path()).unwrap());
        }
        Step::Backup => {
            let mut file = Vec::new();
            assert_eq!(open.dump(&mut file, &mut go_on).unwrap(), model.len() as u64);
            drop(blocks.take());
            load(temp.path(), &file[..], Existing::Replace, &mut go_on).unwrap();
            *blocks = Some(Blocks::open(temp.path()).unwrap());
        }
    }
}

fn compare(blocks: &Blocks, model: &Model, sought: &[Vec<u8>]) {
    let rows: Vec<Pair> = model.clone().into_iter().collect();
    assert!(all(blocks) == rows, "a full scan differs");
    let up: Result<Vec<_>, _> = blocks.scan(Span::all(), Direction::Up).collect();
    assert!(up.unwrap() == rows, "a scan upwards differs");
    let mut down: Vec<_> = blocks.scan(Span::all(), Direction::Down).map(Result::unwrap).collect();
    down.reverse();
    assert!(down == rows, "a scan downwards differs");
    for key in sought {
        assert_eq!(blocks.get(key).unwrap().as_ref(), model.get(key));
        let span = Span::prefix(&key[..1]);
        let below = blocks.last(span.clone().before(key)).unwrap();
        let above = blocks.first(span.after(key)).unwrap();
        let pair = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        assert_eq!(below, model.range(key[..1].to_vec()..key.clone()).next_back().map(pair));
        let next = (std::ops::Bound::Excluded(key.clone()), std::ops::Bound::Excluded(vec![key[0] + 1]));
        assert_eq!(above, model.range(next).next().map(pair));
    }
    for kind in [FIRST_KIND, 7, 8, LAST_KIND] {
        assert_eq!(blocks.count(kind), model.keys().filter(|key| key[0] == kind).count() as u64);
    }
    check_sound(blocks);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn blocks_answer_as_a_map_does(
        steps in prop::collection::vec(steps(), 1..14),
        sought in prop::collection::vec(keys(), 20),
    ) {
        let (temp, blocks) = store();
        let mut blocks = Some(blocks);
        let mut model = Model::new();
        for step in &steps {
            apply(&mut blocks, &temp, step, &mut model);
            compare(blocks.as_ref().unwrap(), &model, &sought);
        }
    }
}
