//! Orders of rows: as `domain::query::order` says, on words of twelve bytes. Rows that share a word are parted by the
//! next one, so that a long text is read only as far as it decides.

use super::bits::{Bits, WORTH_TWO, in_two};
use super::chunked::Chunked;
use super::column::{Cells, Column, NO_CODE, NO_SIZE, in_order};
use super::ids::Ages;
use super::needs::World;
use super::table::{NO_ROW, Table};
use super::texts::Texts;
use super::users::Users;
use crate::domain::fold::collate;
use crate::domain::id::{Object, OptionId, PropertyId};
use crate::domain::object::{ObjectSpec, is};
use crate::domain::property::{Kind, Property};
use crate::domain::query::Sort;
use crate::domain::query::order::option_place;
use crate::domain::settings::Settings;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Twelve bytes of what a row is sorted by.
type Word = u128;

/// The word of a row without a value: comes last, whichever way.
const EMPTY: Word = (1 << 96) - 1;
/// Bytes of a text in one word; the twelfth says how many follow.
const BYTES: usize = 11;

/// A sort with what settings say of it. Equal ones order equal tables equally.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Order {
    sorts: Vec<(Sort, Arc<Places>)>,
    /// The companies by whose names rows may stand (R6.4); none: by all of them.
    companies: Option<Arc<Bits>>,
}

/// The words of the codes of a column: places of options, ranks of users' names.
#[derive(Debug, PartialEq, Default)]
struct Places {
    words: Vec<Word>,
    other: Word,
}

impl Order {
    /// Properties that `spec` doesn't have decide nothing.
    pub fn of(sort: &[Sort], spec: &ObjectSpec, settings: &Settings, users: &Users) -> Order {
        let property =
            |sort: &Sort| Some((*sort, Arc::new(Places::of(spec.property(sort.property)?, settings, users))));
        Order { sorts: sort.iter().filter_map(property).collect(), companies: None }
    }

    /// Whether rows stand as they were made, newest first.
    pub fn is_by_id(&self) -> bool {
        self.sorts.is_empty()
    }

    /// Whether names of companies decide.
    pub fn is_by_company(&self) -> bool {
        self.sorts.iter().any(|(sort, _)| sort.property == is::COMPANY)
    }

    /// By the names of these companies only.
    pub fn with_companies(self, seen: Arc<Bits>) -> Order {
        Order { companies: Some(seen), ..self }
    }

    /// Whether it is somebody's own, who does not see all companies.
    pub fn is_of_some(&self) -> bool {
        self.companies.is_some()
    }

    /// Whether rows stand as on a board, of which each move changes little: then the order of all of them is kept.
    pub fn is_of_board(&self) -> bool {
        self.sorts.first().is_some_and(|(sort, _)| sort.property == is::BOARD_PLACE)
    }

    /// Sorts rows of a table.
    pub fn sort(&self, world: &World, table: &Table, rows: &[u32], ages: &Ages) -> Vec<u32> {
        self.sorter(world, table, ages).sort(rows)
    }

    /// Moves the `changed` rows, of which those that `stay` says still belong, to their places.
    pub fn mend(
        &self,
        world: &World,
        table: &Table,
        ages: &Ages,
        before: &[u32],
        changed: &[u32],
        stays: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        let sorter = self.sorter(world, table, ages);
        let moved: Vec<u32> = changed.iter().copied().filter(|row| stays(*row)).collect();
        let mut gone = Bits::none(table.rows());
        for row in changed {
            gone.set(*row, true);
        }
        let kept: Vec<u32> = before.iter().copied().filter(|row| !gone.get(*row)).collect();
        let mut mended = Vec::with_capacity(kept.len() + moved.len());
        let mut from = 0;
        for row in sorter.sort(&moved) {
            let place = from + kept[from..].partition_point(|other| sorter.compare(*other, row) == Ordering::Less);
            mended.extend_from_slice(&kept[from..place]);
            mended.push(row);
            from = place;
        }
        mended.extend_from_slice(&kept[from..]);
        mended
    }

    fn sorter<'w>(&'w self, world: &'w World, table: &'w Table, ages: &'w Ages) -> Sorter<'w> {
        let key = |(sort, places): &'w (Sort, Arc<Places>)| {
            let cells = Key::of(world, table, sort.property, (places, self.companies.as_deref()))?;
            Some((cells, sort.descending))
        };
        Sorter { keys: self.sorts.iter().filter_map(key).collect(), ages }
    }
}

impl Places {
    fn of(property: &Property, settings: &Settings, users: &Users) -> Places {
        let stages = settings.pipelines.iter().flat_map(|pipeline| &pipeline.stages).map(|stage| stage.id);
        let highest = match property.kind {
            Kind::User | Kind::Users => return Places::of_users(settings, users),
            Kind::YesNo => return Places { words: vec![1, 2], other: EMPTY },
            Kind::Option | Kind::Options => property.choices.iter().map(|choice| choice.id).max(),
            Kind::Stage => stages.max(),
            Kind::Pipeline => settings.pipelines.iter().map(|pipeline| pipeline.id).max(),
            _ => return Places::default(),
        };
        let word = |code| option_place(property, OptionId(code), settings) as Word + 1;
        let words = highest.map_or_else(Vec::new, |highest| (0..=highest.0).map(word).collect());
        Places { words, other: word(NO_CODE) }
    }

    fn of_users(settings: &Settings, users: &Users) -> Places {
        let key = |id| settings.user(id).map(|user| collate(&user.name));
        let keys: Vec<Option<Vec<u8>>> = users.all().into_iter().map(key).collect();
        let mut ranks: Vec<&Vec<u8>> = keys.iter().flatten().collect();
        ranks.sort_unstable();
        ranks.dedup();
        let rank = |key: &Option<Vec<u8>>| key.as_ref().and_then(|key| ranks.binary_search(&key).ok());
        Places {
            words: keys.iter().map(|key| rank(key).map_or(EMPTY, |rank| rank as Word + 1)).collect(),
            other: EMPTY,
        }
    }

    fn word(&self, code: u16) -> Word {
        if code == NO_CODE { EMPTY } else { self.words.get(usize::from(code)).copied().unwrap_or(self.other) }
    }
}

/// What one sort looks at.
enum Key<'w> {
    Texts(&'w Texts),
    Codes(&'w Chunked<u16>, &'w Places),
    Lists(&'w Chunked<Box<[u16]>>, &'w Places),
    Sizes(&'w Chunked<i64>, Kind),
    Company {
        primaries: Option<&'w Chunked<u32>>,
        companies: Option<&'w Table>,
        seen: Option<&'w Bits>,
        own: Option<&'w Texts>,
    },
}

impl<'w> Key<'w> {
    fn of(
        world: &'w World,
        table: &'w Table,
        property: PropertyId,
        (places, seen): (&'w Places, Option<&'w Bits>),
    ) -> Option<Key<'w>> {
        if property == is::COMPANY {
            let own = match table.column(is::COMPANY_NAME).map(|column| &column.cells) {
                Some(Cells::Texts(texts)) => Some(texts),
                _ => None,
            };
            let (primaries, companies) = (table.primary(Object::COMPANY), world.table(Object::COMPANY));
            return Some(Key::Company { primaries, companies, seen, own });
        }
        let column = table.column(property)?;
        Some(match &column.cells {
            Cells::Texts(texts) => Key::Texts(texts),
            Cells::Codes(codes) => Key::Codes(codes, places),
            Cells::Lists(lists) => Key::Lists(lists, places),
            Cells::Sizes(sizes) | Cells::Money(sizes, _) => Key::Sizes(sizes, column.kind),
        })
    }

    fn word(&self, row: u32, level: usize) -> Word {
        match self {
            Key::Texts(_) | Key::Company { .. } => text_word(self.text(row), level),
            Key::Codes(codes, places) => places.word(*codes.get(row)),
            Key::Lists(lists, places) => lists.get(row).first().map_or(EMPTY, |code| places.word(*code)),
            Key::Sizes(sizes, kind) => match *sizes.get(row) {
                NO_SIZE => EMPTY,
                size => Word::from((in_order(Column::measure(*kind, size)) as u64) ^ (1 << 63)),
            },
        }
    }

    /// The whole of what a row is sorted by, where that is a text.
    fn text(&self, row: u32) -> Option<&'w [u8]> {
        match self {
            Key::Texts(texts) => texts.first(row),
            Key::Company { primaries, companies, seen, own } => {
                let primary = primaries.map(|rows| *rows.get(row));
                let is_seen = |company: &u32| *company != NO_ROW && seen.is_none_or(|seen| seen.get(*company));
                let company = primary.filter(is_seen).and_then(|company| companies.as_ref()?.title(company));
                company.or_else(|| own.and_then(|own| own.first(row)))
            }
            Key::Codes(..) | Key::Lists(..) | Key::Sizes(..) => None,
        }
    }

    /// Whether rows of one word may differ in the next.
    fn goes_on(&self, word: Word) -> bool {
        matches!(self, Key::Texts(_) | Key::Company { .. }) && word & 0xff > BYTES as Word
    }
}

fn text_word(key: Option<&[u8]>, level: usize) -> Word {
    let Some(key) = key else { return EMPTY };
    let rest = &key[key.len().min(level * BYTES)..];
    let count = rest.len().min(BYTES);
    let mut word = [0; 16];
    word[4..4 + count].copy_from_slice(&rest[..count]);
    word[15] = rest.len().min(BYTES + 1) as u8;
    Word::from_be_bytes(word)
}

struct Sorter<'w> {
    /// With whether it is descending.
    keys: Vec<(Key<'w>, bool)>,
    ages: &'w Ages,
}

/// A word and, below it, the age of its row: one number to compare.
type Item = u128;

fn item(word: Word, age: u32) -> Item {
    word << 32 | Item::from(age)
}

/// Which word of which key.
#[derive(Clone, Copy)]
struct Place {
    key: usize,
    level: usize,
}

impl Sorter<'_> {
    fn word(&self, row: u32, place: Place) -> Word {
        let (key, descending) = &self.keys[place.key];
        match key.word(row, place.level) {
            EMPTY => EMPTY,
            word if *descending => EMPTY - word,
            word => word,
        }
    }

    /// What decides between rows that share a word; `None` when only their age does. `same`: whether they share the
    /// whole text.
    fn next(&self, place: Place, word: Word, same: impl Fn(&Key) -> bool) -> Option<Place> {
        let (key, descending) = &self.keys[place.key];
        let plain = if *descending { EMPTY - word } else { word };
        if word != EMPTY && key.goes_on(plain) && !same(key) {
            return Some(Place { level: place.level + 1, ..place });
        }
        Some(Place { key: place.key + 1, level: 0 }).filter(|next| next.key < self.keys.len())
    }

    fn compare(&self, one: u32, other: u32) -> Ordering {
        let mut place = Some(Place { key: 0, level: 0 }).filter(|_| !self.keys.is_empty());
        while let Some(at) = place {
            let word = self.word(one, at);
            let order = word.cmp(&self.word(other, at));
            if order != Ordering::Equal {
                return order;
            }
            place = self.next(at, word, |_| false);
        }
        self.ages.age(one).cmp(&self.ages.age(other))
    }

    fn sort(&self, rows: &[u32]) -> Vec<u32> {
        if self.keys.is_empty() {
            let mut rows = rows.to_vec();
            rows.sort_unstable();
            return self.ages.newest_first(rows);
        }
        if rows.len() < WORTH_TWO {
            let mut items = self.first_words(rows);
            self.part(&mut items);
            return self.rows(&items);
        }
        let (one, other) = in_two(0..rows.len(), |range| self.first_words(&rows[range]));
        let mut items = merged(&one, &other);
        drop((one, other));
        let middle = boundary(&items);
        let (first, second) = items.split_at_mut(middle);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| self.parted(second));
            let mut rows = self.parted(first);
            rows.extend(second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            rows
        })
    }

    fn first_words(&self, rows: &[u32]) -> Vec<Item> {
        let word = |row: &u32| item(self.word(*row, Place { key: 0, level: 0 }), self.ages.age(*row));
        let mut items: Vec<Item> = rows.iter().map(word).collect();
        items.sort_unstable();
        items
    }

    fn parted(&self, items: &mut [Item]) -> Vec<u32> {
        self.part(items);
        self.rows(items)
    }

    fn rows(&self, items: &[Item]) -> Vec<u32> {
        items.iter().map(|item| self.ages.row(*item as u32)).collect()
    }

    /// Parts rows that share the first word by the words after it. Each group is parted to its end before the next one
    /// is looked at: by then its texts are near.
    fn part(&self, items: &mut [Item]) {
        let mut open: Vec<(Range<usize>, Place)> = vec![(0..items.len(), Place { key: 0, level: 0 })];
        while let Some((range, place)) = open.pop() {
            let mut start = range.start;
            while start < range.end {
                let word = items[start] >> 32;
                let shared = items[start..range.end].iter().take_while(|item| *item >> 32 == word).count();
                let group = start..start + shared;
                start = group.end;
                if shared > 1
                    && let Some(next) = self.next(place, word, |key| self.are_same(key, &items[group.clone()]))
                {
                    self.sort_by(&mut items[group.clone()], next);
                    open.extend([(start..range.end, place), (group, next)]);
                    break;
                }
            }
        }
    }

    /// Whether all rows have the same text: where many do, that spares reading it to its end word by word.
    fn are_same(&self, key: &Key, items: &[Item]) -> bool {
        let mut texts = items.iter().map(|item| key.text(self.ages.row(*item as u32)));
        let first = texts.next();
        texts.all(|text| Some(text) == first)
    }

    fn sort_by(&self, items: &mut [Item], place: Place) {
        for one in items.iter_mut() {
            let age = *one as u32;
            *one = item(self.word(self.ages.row(age), place), age);
        }
        items.sort_unstable();
    }
}

fn merged(one: &[Item], other: &[Item]) -> Vec<Item> {
    let mut items = Vec::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (0, 0);
    while left < one.len() && right < other.len() {
        let first = one[left] < other[right];
        items.push(if first { one[left] } else { other[right] });
        left += usize::from(first);
        right += usize::from(!first);
    }
    items.extend_from_slice(&one[left..]);
    items.extend_from_slice(&other[right..]);
    items
}

/// A place near the middle where the word changes.
fn boundary(items: &[Item]) -> usize {
    let middle = items.len() / 2;
    let word = items[middle] >> 32;
    middle + items[middle..].partition_point(|item| item >> 32 == word)
}
