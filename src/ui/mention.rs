//! Names of users, offered while one types `@` and the beginning of a name into a note (R4.14). What is nobody's name
//! stays text.

use super::layer::Cx;
use super::text::clean;
use super::widgets::{RowState, draw_box, draw_left, draw_right, paint_row, row};
use crate::domain::fold::fold;
use crate::domain::user::User;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Names that are offered at once.
const MOST: usize = 6;
/// A name that is being typed has no more words and characters.
const WORDS: usize = 4;
const LETTERS: usize = 60;
const WIDTH: u16 = 40;

/// The list of names: which one is lit, and for which text it was closed.
#[derive(Debug, Clone, Default)]
pub struct Mention {
    lit: usize,
    closed: Option<String>,
}

/// What a key did to the list.
pub enum Took {
    Kept,
    /// So many characters before the caret give way to this text.
    Name {
        back: usize,
        text: String,
    },
}

/// What stands after the `@` before the caret, if a name may be meant.
fn begun(before: &str) -> Option<&str> {
    let at = before.rfind('@')?;
    // In an e-mail address it is no mention.
    let in_word = before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let name = &before[at + 1..];
    let is_name = !name.contains('\n') && !name.starts_with(' ') && name.split(' ').count() <= WORDS;
    (!in_word && is_name && name.chars().count() <= LETTERS).then_some(name)
}

/// The active users whose name, a part of it, or e-mail begins so.
fn fitting<'u>(name: &str, users: &'u [User]) -> Vec<&'u User> {
    let typed = fold(name);
    let begins = |user: &User| {
        let own = fold(&user.name);
        let parts = own.match_indices(' ').map(|(at, _)| own[at + 1..].starts_with(&typed));
        own.starts_with(&typed) || parts.into_iter().any(|fits| fits) || fold(&user.email).starts_with(&typed)
    };
    let is_whole = |user: &User| fold(&user.name) == typed;
    let found: Vec<&User> = users.iter().filter(|user| user.active && begins(user)).take(MOST).collect();
    if matches!(found[..], [one] if is_whole(one)) { Vec::new() } else { found }
}

impl Mention {
    fn offered<'u>(&self, before: &str, users: &'u [User]) -> Vec<&'u User> {
        match begun(before) {
            Some(name) if self.closed.as_deref() != Some(name) => fitting(name, users),
            _ => Vec::new(),
        }
    }

    /// `None`: the key is for the field.
    pub fn key(&mut self, key: KeyEvent, before: &str, cx: &Cx) -> Option<Took> {
        let offered = self.offered(before, &cx.settings.users);
        let last = offered.len().checked_sub(1)?;
        let lit = self.lit.min(last);
        match (key.code, key.modifiers) {
            (KeyCode::Down, KeyModifiers::NONE) => self.lit = (lit + 1).min(last),
            (KeyCode::Up, KeyModifiers::NONE) => self.lit = lit.saturating_sub(1),
            (KeyCode::Esc, _) => self.closed = begun(before).map(str::to_owned),
            (KeyCode::Tab | KeyCode::Enter, KeyModifiers::NONE) => {
                self.lit = 0;
                let back = begun(before).map_or(0, |name| name.chars().count());
                return Some(Took::Name { back, text: format!("{} ", offered[lit].name) });
            }
            _ => {
                self.lit = 0;
                return None;
            }
        }
        Some(Took::Kept)
    }

    /// Draws the list below the caret, or above it where there is no room.
    pub fn draw(&self, buf: &mut Buffer, before: &str, caret: Rect, cx: &Cx) {
        let offered = self.offered(before, &cx.settings.users);
        if offered.is_empty() {
            return;
        }
        let height = offered.len() as u16 + 2;
        let screen = buf.area;
        let x = caret.x.min(screen.right().saturating_sub(WIDTH));
        let below = caret.y + 1;
        let y = if below + height <= screen.bottom() { below } else { caret.y.saturating_sub(height) };
        let area = Rect { x, y, width: WIDTH, height }.intersection(screen);
        draw_box(buf, area, cx.look);
        let inner = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: height - 2 };
        for (y, user) in (0..).zip(&offered) {
            let line = row(inner, y);
            if usize::from(y) == self.lit.min(offered.len() - 1) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
            }
            let name = cx.look.fit(&clean(&user.name), line.width).into_owned();
            let used = draw_left(buf, line, &Line::styled(name, cx.look.theme.text));
            let room = line.width.saturating_sub(used + 2);
            let email = cx.look.fit_email(&user.email, room).into_owned();
            draw_right(buf, line, &Line::styled(email, cx.look.theme.dim));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::UserId;
    use uuid::Uuid;

    fn names(before: &str) -> Vec<String> {
        let user = |number, name: &str, email: &str| User::new(UserId(Uuid::from_u128(number)), name, email);
        let gone = User { active: false, ..user(4, "Jan Dawny", "dawny@x.example") };
        let users = [
            user(1, "Łucja Żak", "lucja@x.example"),
            user(2, "Jan Kowalski", "jan@x.example"),
            user(3, "Jan Nowak", "nowak@x.example"),
            gone,
        ];
        let offered = Mention::default().offered(before, &users);
        offered.into_iter().map(|user| user.name.clone()).collect()
    }

    #[test]
    fn r4_14_names_are_offered_by_what_they_begin_with() {
        assert_eq!(names("Ask @ja"), ["Jan Kowalski", "Jan Nowak"]);
        assert_eq!(names("Ask @jan n"), ["Jan Nowak"]);
        assert_eq!(names("@zak"), ["Łucja Żak"], "by the last name too, letters folded");
        assert_eq!(names("(@now"), ["Jan Nowak"]);
        assert_eq!(names("@").len(), 3);
    }

    #[test]
    fn r4_14_what_is_nobodys_name_is_text() {
        for text in ["ja", "jan@x", "@ jan", "@olaf", "@jan\n", "@Jan Nowak", "Ask @Jan Nowak, then"] {
            assert_eq!(names(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_list_that_was_closed_stays_closed_until_one_types_on() {
        let users = [User::new(UserId(Uuid::from_u128(1)), "Jan Nowak", "nowak@x.example")];
        let closed = Mention { closed: Some("ja".to_owned()), ..Mention::default() };
        assert!(closed.offered("@ja", &users).is_empty());
        assert_eq!(closed.offered("@jan", &users).len(), 1);
    }
}
