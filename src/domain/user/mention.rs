//! Mentions in a text (R4.14): `@` and a user's full name, their first name where no other has it, or their e-mail.

use super::User;
use crate::domain::fold::fold;
use crate::domain::id::UserId;

/// The active users that a text mentions, each once, in the order of the text.
pub fn mentioned(text: &str, users: &[User]) -> Vec<UserId> {
    let names = names(users);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        // In an e-mail address it is no mention.
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest = text[at + 1..].lines().next().unwrap_or_default();
        if rest.starts_with(char::is_whitespace) {
            continue;
        }
        let rest = fold(rest);
        let fits = names.iter().filter(|(name, _)| rest.strip_prefix(name.as_str()).is_some_and(ends));
        if let Some((_, user)) = fits.max_by_key(|(name, _)| name.len())
            && !found.contains(user)
        {
            found.push(*user);
        }
    }
    found
}

/// By what each one is called, folded.
fn names(users: &[User]) -> Vec<(String, UserId)> {
    let active = || users.iter().filter(|user| user.active);
    let first = |user: &User| fold(user.name.split_whitespace().next().unwrap_or_default());
    let mut names = Vec::new();
    for user in active() {
        names.push((fold(&user.name), user.id));
        names.push((fold(&user.email), user.id));
        if active().filter(|other| first(other) == first(user)).count() == 1 {
            names.push((first(user), user.id));
        }
    }
    names.retain(|(name, _)| !name.is_empty());
    names
}

/// Whether a name ends where this begins.
fn ends(rest: &str) -> bool {
    let mut letters = rest.chars();
    match letters.next() {
        None => true,
        Some('@') => false,
        Some('.' | '-') => !letters.next().is_some_and(char::is_alphanumeric),
        Some(letter) => !letter.is_alphanumeric() && letter != '_',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn users() -> Vec<User> {
        let user = |number, name: &str, email: &str| User::new(UserId(Uuid::from_u128(number)), name, email);
        let gone = User { active: false, ..user(4, "Ola Dawna", "dawna@x.example") };
        vec![
            user(1, "Łucja Żak", "lucja@x.example"),
            user(2, "Jan Kowalski", "jan@x.example"),
            user(3, "Jan Nowak", "nowak@x.example"),
            gone,
            user(5, "Ola Maj", "ola@x.example"),
        ]
    }

    fn numbers(text: &str) -> Vec<u128> {
        mentioned(text, &users()).into_iter().map(|user| user.0.as_u128()).collect()
    }

    #[test]
    fn r4_14_a_full_name_a_first_name_of_one_and_an_email_are_mentions() {
        assert_eq!(numbers("Ask @Jan Nowak, then @lucja zak. (@ola@x.example)"), [3, 1, 5]);
        assert_eq!(numbers("@Ola: look. @ola!"), [5], "each once, who left does not count");
        assert_eq!(numbers("@Łucja-based"), [] as [u128; 0]);
    }

    #[test]
    fn r4_14_what_is_not_one_persons_name_is_no_mention() {
        let nobody: [u128; 0] = [];
        assert_eq!(numbers("@Jan"), nobody, "there are two");
        assert_eq!(numbers("@Olaf and @ola.maj and ola@ola and @ ola"), nobody);
        assert_eq!(numbers("@ola\nMaj, write to jan@x.example"), [5]);
        assert_eq!(numbers(""), nobody);
    }
}
