//! **Settings > Objects > Associations**: how many records one may be associated with (R5.3), and whether contacts get
//! their companies by themselves (R5.7).

use super::Settings;
use crate::domain::email::domain_of;
use crate::domain::free_mail::is_free_mail;
use crate::domain::id::Object;
use std::collections::{BTreeMap, BTreeSet};

/// The key of the row that holds the limits: a JSON list of `[of, to, most]`, `most` null for none.
pub const LIMITS: &str = "associations.limits";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associations {
    /// How many records of the second object one of the first may have; `None`: as many as it likes.
    limits: BTreeMap<(Object, Object), Option<usize>>,
    /// A contact gets the company of its e-mail's domain.
    pub auto_company: bool,
    /// Domains that say nothing about a company, besides those of free mail.
    excluded: BTreeSet<String>,
}

pub const AUTO_COMPANY: &str = "associations.auto_company";
pub const EXCLUDED_DOMAINS: &str = "associations.excluded_domains";
/// The settings about contacts' companies.
pub const COMPANIES: &[&str] = &[AUTO_COMPANY, EXCLUDED_DOMAINS];

impl Default for Associations {
    fn default() -> Self {
        let limits = BTreeMap::from([((Object::CONTACT, Object::COMPANY), Some(1))]);
        Associations { limits, auto_company: false, excluded: BTreeSet::new() }
    }
}

impl Associations {
    /// What the row says over the defaults.
    pub(super) fn of(row: Option<&str>) -> Associations {
        let mut all = Associations::default();
        let said: Vec<(u16, u16, Option<usize>)> =
            row.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        all.limits.extend(said.into_iter().map(|(of, to, most)| ((Object(of), Object(to)), most)));
        all
    }

    /// What the settings about contacts' companies say, as they are kept.
    pub(super) fn take_companies(&mut self, auto: Option<&str>, excluded: Option<&str>) {
        self.auto_company = auto == Some("true");
        self.excluded =
            excluded.unwrap_or_default().split(';').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    }

    pub(super) fn excluded_domains(&self) -> String {
        self.excluded.iter().map(String::as_str).collect::<Vec<_>>().join(";")
    }

    /// The domain of an address if it is that of a company: not of free mail, and not excluded.
    pub fn company_domain<'a>(&self, address: &'a str) -> Option<&'a str> {
        domain_of(address).filter(|domain| !is_free_mail(domain) && !self.excluded.contains(*domain))
    }

    /// The row that says the same.
    pub fn row(&self) -> String {
        let all: Vec<_> = self.limits.iter().map(|((of, to), most)| (of.0, to.0, *most)).collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// How many records of `to` one of `of` may be associated with.
    pub fn limit(&self, of: Object, to: Object) -> Option<usize> {
        self.limits.get(&(of, to)).copied().flatten()
    }

    #[must_use]
    pub fn with_limit(mut self, of: Object, to: Object, most: Option<usize>) -> Associations {
        self.limits.insert((of, to), most);
        self
    }

    /// Every pair whose limit is another one in `after`, with that one.
    pub fn changed(&self, after: &Associations) -> Vec<(Object, Object, Option<usize>)> {
        let pairs: BTreeMap<_, _> = self.limits.iter().chain(&after.limits).collect();
        let differs = |(of, to): &(Object, Object)| self.limit(*of, *to) != after.limit(*of, *to);
        pairs.into_keys().filter(|pair| differs(pair)).map(|(of, to)| (*of, *to, after.limit(*of, *to))).collect()
    }

    /// Every pair that has a limit.
    pub fn limits(&self) -> impl Iterator<Item = (Object, Object, usize)> {
        self.limits.iter().filter_map(|((of, to), most)| Some((*of, *to, (*most)?)))
    }
}

impl Settings {
    /// The limits as scripts write them: `contact>company=1;deal>contact=10`. One that is there by default and was
    /// taken away is `none`.
    pub fn limits_written(&self) -> String {
        let by_default = Associations::default();
        let is_said = |(pair, most): &(&(Object, Object), &Option<usize>)| {
            most.is_some() || by_default.limits.contains_key(*pair)
        };
        let name = |object: Object| self.object(object).map(|spec| spec.name.as_str());
        let one = |(pair, most): (&(Object, Object), &Option<usize>)| {
            let most = most.map_or_else(|| NONE.to_owned(), |most| most.to_string());
            Some(format!("{}>{}={most}", name(pair.0)?, name(pair.1)?))
        };
        self.associations.limits.iter().filter(is_said).filter_map(one).collect::<Vec<_>>().join(";")
    }

    /// These limits with those that a script writes; the others stay.
    pub fn read_limits(&self, text: &str) -> Result<Associations, String> {
        let mut limits = self.associations.clone();
        let mut some = false;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let parts = part.split_once('=').and_then(|(pair, most)| Some((pair.split_once('>')?, most.trim())));
            let ((of, to), most) =
                parts.ok_or_else(|| format!("“{part}” is no limit. Written so: contact>company=3"))?;
            let object = |name: &str| {
                let found = self.object_called(name.trim()).map(|spec| spec.object);
                found.ok_or_else(|| format!("There is no object “{}”", name.trim()))
            };
            limits = limits.with_limit(object(of)?, object(to)?, read_most(most)?);
            some = true;
        }
        if some { Ok(limits) } else { Err("A limit is written so: contact>company=3".to_owned()) }
    }
}

/// How scripts and screens write that there is no limit.
pub const NONE: &str = "none";

/// A limit as it is typed: a number from 1 up, or none.
pub fn read_most(text: &str) -> Result<Option<usize>, String> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case(NONE) {
        return Ok(None);
    }
    let most = text.parse().ok().filter(|most| (1..=MOST).contains(most));
    most.map(Some).ok_or_else(|| format!("“{text}” is no limit: it takes a number from 1 to {MOST}, or {NONE}"))
}

/// A limit above it would be none.
const MOST: usize = 1_000_000;
