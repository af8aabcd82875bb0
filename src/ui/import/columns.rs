//! What the columns of the file are, and what the rows are: looked at again after every choice.

use super::{Import, MAPPING, Step};
use crate::domain::change::Change;
use crate::domain::mapping::{LEFT_OUT, Mapping};
use crate::domain::number::grouped;
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::modals::mapping::MappingName;
use crate::workspace::import::{LookedAt, MAIL, Means, Mode};

/// What the modal above the columns chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Picking {
    /// What the column under the cursor is.
    #[default]
    Meaning,
    Object,
    Mapping,
    /// Whether leads come of lifecycle stages.
    Leads,
}

impl Import {
    fn column(&self) -> Option<&LookedAt> {
        self.look.as_ref()?.columns.get(self.columns.cursor()?)
    }

    fn look_again(&mut self) -> Vec<Effect> {
        self.look_to(Step::Columns)
    }

    pub(super) fn choose_meaning(&mut self) -> Vec<Effect> {
        let (Some(look), Some(column)) = (&self.look, self.column()) else { return Vec::new() };
        let taken = |offered: &str| {
            let is_it = |column: &&LookedAt| matches!(&column.means, Means::Offered(name, _) if name == offered);
            look.columns.iter().find(is_it).filter(|other| other.name != column.name)
        };
        let offered = (1..).zip(&look.offers).map(|(at, (name, label))| {
            let note = taken(name).map_or_else(String::new, |other| format!("{} is that", other.name));
            Choice::placed(at, label, note)
        });
        let choices = std::iter::once(Choice::placed(0, "Leave it out", "")).chain(offered).collect();
        let at = match &column.means {
            Means::Offered(name, _) => look.offers.iter().position(|(offered, _)| offered == name).map(|at| at + 1),
            _ => None,
        };
        let pick = Choose::new(format!("What is {}", column.name), "", choices, at.unwrap_or(0));
        self.picking = Picking::Meaning;
        vec![Effect::Push(Box::new(pick))]
    }

    pub(super) fn choose_object(&mut self, cx: &Cx) -> Vec<Effect> {
        let objects = || cx.settings.importable();
        let at = objects().position(|spec| spec.object == self.object()).unwrap_or(0);
        let choices = objects().enumerate().map(|(at, spec)| Choice::placed(at, &spec.plural, "")).collect();
        self.picking = Picking::Object;
        vec![Effect::Push(Box::new(Choose::new("What are the rows", "", choices, at)))]
    }

    /// Whether the import makes the leads that lifecycle stages ask for (R2.4).
    pub(super) fn choose_leads(&mut self, leads: u64) -> Vec<Effect> {
        let (count, them) = match leads {
            1 => ("1 lead".to_owned(), "it"),
            many => (format!("{} leads", grouped(many)), "them"),
        };
        let choices = vec![
            Choice::placed(0, &format!("Create {them}"), "undo takes all of it back"),
            Choice::placed(1, "Import without leads", ""),
        ];
        self.picking = Picking::Leads;
        let title = format!("The rows would make {count}");
        vec![Effect::Push(Box::new(Choose::new(title, "Their lifecycle stages ask for it.", choices, 0)))]
    }

    pub(super) fn choose_mapping(&mut self, cx: &Cx) -> Vec<Effect> {
        let choice = |(at, mapping): (usize, &Mapping)| {
            let object = cx.settings.importable_as(mapping.object).map_or("", |spec| spec.plural.as_str());
            Choice::placed(at, &mapping.name, format!("{object}, {} columns", mapping.pairs.len()))
        };
        let choices = cx.settings.mappings.iter().enumerate().map(choice).collect();
        self.picking = Picking::Mapping;
        vec![Effect::Push(Box::new(Choose::new("Saved mappings", "", choices, 0).deletable()))]
    }

    pub(super) fn save_mapping(&self) -> Vec<Effect> {
        let mapping = self.mapping().map(|mapping| Effect::Push(Box::new(MappingName::new(mapping))));
        mapping.into_iter().collect()
    }

    pub(super) fn picked(&mut self, at: usize, cx: &Cx) -> Vec<Effect> {
        match self.picking {
            Picking::Meaning => {
                let offers = self.look.as_ref().map(|look| look.offers.as_slice()).unwrap_or_default();
                let chosen = at.checked_sub(1).and_then(|at| offers.get(at)).map(|(name, _)| name.clone());
                return self.map_column(chosen.unwrap_or_else(|| LEFT_OUT.to_owned()));
            }
            Picking::Leads => {
                self.ask.create_leads = at == 0;
                return self.run_it();
            }
            Picking::Object => {
                let Some(spec) = cx.settings.importable().nth(at) else { return Vec::new() };
                if spec.object == self.object() {
                    return Vec::new();
                }
                self.ask.object = Some(spec.object);
                // What they were as records of another object means nothing here.
                self.ask.map.clear();
            }
            Picking::Mapping => {
                let Some(mapping) = cx.settings.mappings.get(at) else { return Vec::new() };
                self.ask.object = Some(mapping.object);
                self.ask.map.clone_from(&mapping.pairs);
            }
        }
        self.look_again()
    }

    pub(super) fn drop_mapping(at: usize, cx: &Cx) -> Vec<Effect> {
        let mapping = cx.settings.mappings.get(at);
        let delete = mapping.map(|mapping| Change::DeleteMapping { name: mapping.name.clone() });
        delete.map(|delete| Effect::Perform(MAPPING, delete)).into_iter().collect()
    }

    fn map_column(&mut self, means: String) -> Vec<Effect> {
        let Some(name) = self.column().map(|column| column.name.clone()) else { return Vec::new() };
        self.ask.map.retain(|(column, _)| *column != name);
        self.ask.map.push((name, means));
        self.look_again()
    }

    /// Leaves the column out, or takes it in again as its name says.
    pub(super) fn leave_out(&mut self) -> Vec<Effect> {
        match self.column().map(|column| (column.name.clone(), column.means == Means::LeftOut)) {
            Some((name, true)) => {
                self.ask.map.retain(|(column, _)| *column != name);
                self.look_again()
            }
            Some((_, false)) => self.map_column(LEFT_OUT.to_owned()),
            None => Vec::new(),
        }
    }

    pub(super) fn next_mode(&mut self) -> Vec<Effect> {
        self.ask.mode = match self.ask.mode {
            Mode::Both => Mode::Create,
            Mode::Create => Mode::Update,
            Mode::Update => Mode::Both,
        };
        self.forget_check()
    }

    pub(super) fn toggle_replace(&mut self) -> Vec<Effect> {
        if self.are_mails() {
            self.ask.create_contacts = !self.ask.create_contacts;
        } else {
            self.ask.replace = !self.ask.replace;
        }
        self.forget_check()
    }

    /// Whether the file or folder holds mails.
    fn are_mails(&self) -> bool {
        self.look.as_ref().is_some_and(|look| look.form == MAIL)
    }

    /// The chips: which rows are taken, what happens at a limit, or of mails with addresses that nobody has.
    pub(super) fn rules(&self) -> [(&'static str, &'static str); 2] {
        let mode = match self.ask.mode {
            Mode::Both => "new and known rows",
            Mode::Create => "new rows only",
            Mode::Update => "known rows only",
        };
        let second = match (self.are_mails(), self.ask.create_contacts, self.ask.replace) {
            (true, true, _) => ("Unknown addresses", "become contacts"),
            (true, false, _) => ("Unknown addresses", "are left out"),
            (false, _, true) => ("At a limit", "replace the old"),
            (false, _, false) => ("At a limit", "keep the old"),
        };
        [("Take", mode), second]
    }
}
