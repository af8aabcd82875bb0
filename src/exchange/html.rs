//! Bodies that other programs keep as HTML, as plain text: what can be read stays, what only looks nice goes.

use mail_parser::decoders::html::add_html_token;

/// Tags that begin a new line.
const LINES: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Tags whose content nobody is meant to read.
const UNREAD: &[&str] = &["head", "script", "style", "template", "title"];
/// Further tags that tell HTML from a text with angle brackets in it.
const INLINE: &[&str] =
    &["a", "b", "body", "em", "font", "html", "i", "img", "span", "strong", "tbody", "td", "u", "!doctype"];
/// The longest name of an entity, with its `&` and `;`.
const ENTITY_MOST: usize = 34;

/// The text of a body, which may be HTML. One pass, and never longer than what it was given.
pub fn plain(body: &str) -> String {
    if !is_html(body) {
        return body.to_owned();
    }
    let (mut text, mut rest) = (Pen::default(), body);
    while let Some(at) = rest.find('<') {
        text.words(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            text.words("<");
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if UNREAD.contains(&tag.name.as_str()) && !tag.closes {
            rest = after(rest, &tag.name);
        } else if LINES.contains(&tag.name.as_str()) {
            text.line();
            if tag.name == "li" && !tag.closes {
                text.words("- ");
            }
        } else if tag.name == "td" {
            text.words(" ");
        }
    }
    text.words(rest);
    text.done()
}

fn is_html(body: &str) -> bool {
    let known = |at: usize| {
        // An open comment would be looked through to its end each time.
        !body[at..].starts_with("<!--")
            && Tag::at(&body[at..])
                .is_some_and(|tag| [LINES, UNREAD, INLINE].iter().any(|names| names.contains(&tag.name.as_str())))
    };
    body.match_indices('<').any(|(at, _)| known(at))
}

/// Behind the end of an element; an unclosed one goes to the end.
fn after<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let at = from + at;
        match Tag::at(&rest[at..]) {
            Some(tag) if tag.name == name => return &rest[at + tag.length..],
            _ => from = at + 2,
        }
    }
    ""
}

struct Tag {
    name: String,
    closes: bool,
    /// Up to and with its `>`.
    length: usize,
}

impl Tag {
    /// The tag or comment that the text begins with.
    fn at(text: &str) -> Option<Tag> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + "<!---->".len());
            return Some(Tag { name: String::new(), closes: false, length });
        }
        let inner = text.strip_prefix('<')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '!' || c == ':' || c == '-';
        let name: String = inner.chars().take_while(|c| is_of_name(*c)).take(20).collect();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
        let is_whole = inner[name.len()..].starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        if !is_name || !is_whole {
            return None;
        }
        let end = inner.find(['>', '<']).filter(|end| inner[*end..].starts_with('>'))?;
        let length = text.len() - inner.len() + end + 1;
        Some(Tag { name: name.to_ascii_lowercase(), closes, length })
    }
}

/// Writes words with one blank between them, and lines with at most one empty between them.
#[derive(Default)]
struct Pen {
    text: String,
    lines: usize,
    blank: bool,
}

impl Pen {
    fn line(&mut self) {
        self.lines = (self.lines + 1).min(2);
        self.blank = false;
    }

    fn words(&mut self, raw: &str) {
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            if c.is_whitespace() {
                self.blank = true;
                rest = &rest[c.len_utf8()..];
                continue;
            }
            self.part();
            let entity = rest.bytes().take(ENTITY_MOST).position(|byte| byte == b';').filter(|_| c == '&');
            match entity {
                Some(end) if rest[1..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') => {
                    add_html_token(&mut self.text, &rest.as_bytes()[..=end], false);
                    rest = &rest[end + 1..];
                }
                _ => {
                    self.text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
    }

    /// What stands between what was written and what comes.
    fn part(&mut self) {
        if self.text.is_empty() {
            (self.lines, self.blank) = (0, false);
        }
        for _ in 0..std::mem::take(&mut self.lines) {
            self.text.push('\n');
        }
        if std::mem::take(&mut self.blank) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    fn done(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Just text, 3 < 5 and a > b\n  kept", "Just text, 3 < 5 and a > b\n  kept")]
    #[case("<p>Hello <b>Jan</b>,</p><p>see you&nbsp;&amp; bye</p>", "Hello Jan,\n\nsee you\u{a0}& bye")]
    #[case("one<br>two<br/>three", "one\ntwo\nthree")]
    #[case("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b")]
    #[case("<style>p { color: red }</style><p>x</p><script>alert(1)</script>", "x")]
    #[case("<div>1 <2 and &lt;b&gt; &bogus; &#322;</div>", "1 <2 and <b> &bogus; ł")]
    #[case("<p>a <!-- hidden > still --> b", "a b")]
    #[case("<script>never closed", "")]
    #[case("jan <jan@acme.example> and <a@b.example> wrote", "jan <jan@acme.example> and <a@b.example> wrote")]
    #[case("<p", "<p")]
    fn bodies_become_text(#[case] body: &str, #[case] expected: &str) {
        assert_eq!(plain(body), expected);
    }

    #[test]
    fn a_long_hostile_body_is_read_once() {
        for part in ["<", "<p", "</", "<!--", "<p>", "&", "<script>", "<b><"] {
            for before in ["", "<p>"] {
                let body = format!("{before}{}", part.repeat(200_000 / part.len()));
                assert!(plain(&body).len() <= body.len(), "{part}");
            }
        }
    }
}
