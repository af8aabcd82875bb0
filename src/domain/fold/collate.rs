//! Sort keys: letters in the order of the alphabet, case aside, a letter with a mark right after its plain one.
//! A letter that does not decompose gets a row in `SPELLED` or `STROKED`.

use unicode_normalization::char::{decompose_canonical, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{UNSEEN, is_wide_or_ligature, within};

const BLANK: u8 = 0x01;
const PUNCTUATION: u8 = 0x02;
const OTHER_PUNCTUATION: u8 = 0x23;
const DIGIT: u8 = 0x30;
const LETTER: u8 = 0x40;
/// Above all marks, which are the low bytes of U+0300 to U+036F plus one.
const STROKE: u8 = 0x71;

/// Letters that stand after all other forms of their base letter.
const STROKED: &[(char, u8)] =
    &[('ł', b'l'), ('ø', b'o'), ('đ', b'd'), ('ð', b'd'), ('ı', b'i'), ('ħ', b'h'), ('ŧ', b't'), ('ŋ', b'n')];

/// Letters that sort as two.
const SPELLED: &[(char, &str)] = &[('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('þ', "th")];

/// For each ASCII byte its place in the order; 0 leaves it out.
const ASCII: [u8; 128] = {
    let mut places = [0; 128];
    let mut punctuation = PUNCTUATION;
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        places[at] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => BLANK,
            b'0'..=b'9' => DIGIT + (byte - b'0'),
            b'a'..=b'z' => plain(byte),
            b'A'..=b'Z' => plain(byte.to_ascii_lowercase()),
            b'!'..=b'~' => {
                punctuation += 1;
                punctuation - 1
            }
            _ => 0,
        };
        at += 1;
    }
    places
};

const fn plain(letter: u8) -> u8 {
    LETTER + 2 * (letter - b'a')
}

/// A key that sorts as `text` should: compare the bytes. Blanks come first, then punctuation, digits, Latin letters, other
/// scripts by code point; texts that differ only in case keep the order of their bytes.
pub fn collate(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len() + 1);
    collate_into(text, &mut key);
    key
}

/// Appends the key of `text` to `key`.
pub fn collate_into(text: &str, key: &mut Vec<u8>) {
    if text.is_ascii() {
        key.extend(text.bytes().map(|byte| ASCII[usize::from(byte)]).filter(|place| *place != 0));
    } else if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(|c| place(c, key));
    } else {
        text.nfc().for_each(|c| place(c, key));
    }
    key.push(0);
    key.extend_from_slice(text.as_bytes());
}

fn place(c: char, key: &mut Vec<u8>) {
    if c.is_ascii() {
        let place = ASCII[c as usize];
        if place != 0 {
            key.push(place);
        }
    } else if c.is_whitespace() {
        key.push(BLANK);
    } else if c.is_control() || within(UNSEEN, c) {
    } else if is_wide_or_ligature(c) {
        decompose_compatible(c, |part| {
            if part == c {
                place_letter(part, key);
            } else {
                place(part, key);
            }
        });
    } else {
        place_letter(c, key);
    }
}

fn place_letter(c: char, key: &mut Vec<u8>) {
    for small in c.to_lowercase() {
        if let Some((_, spelling)) = SPELLED.iter().find(|(letter, _)| *letter == small) {
            key.extend(spelling.bytes().map(plain));
        } else if let Some((row, (_, base))) = STROKED.iter().enumerate().find(|(_, (letter, _))| *letter == small) {
            key.extend([plain(*base) + 1, STROKE + row as u8]);
        } else {
            place_decomposed(small, key);
        }
    }
}

fn place_decomposed(c: char, key: &mut Vec<u8>) {
    let (mut base, mut mark) = (c, None);
    decompose_canonical(c, |part| {
        if part.is_ascii_lowercase() {
            base = part;
        } else if base.is_ascii() && mark.is_none() {
            mark = Some(part as u32 as u8);
        }
    });
    match mark {
        Some(mark) if base.is_ascii() => key.extend([plain(base as u8) + 1, (mark & 0x7f) + 1]),
        _ if is_mark(c) => {}
        _ => {
            if !c.is_alphanumeric() {
                key.push(OTHER_PUNCTUATION);
            }
            key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
