//! The columns of files of activities, as lejek, HubSpot (its exports and its API's names) and Salesforce (Task and
//! Event) write them. To know another name, add it to a row of [`ACTIVITY`]: folded, letters and digits only, without
//! the `property_` and `hs_` that HubSpot's names begin with.

use super::{By, Names, Role, squeezed};
use crate::domain::activity::ActivityKind;
use crate::domain::id::Object;

/// What the cells of a column say of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Kind,
    /// The same, where another column that is called type may say something else.
    FinerKind,
    At,
    /// When it was written down: it happened then, where nothing else says when.
    Created,
    Subject,
    Text,
    /// The text in another form, or the beginning of it.
    OtherText,
    Owner,
    Author,
    Outcome,
    Direction,
    Duration(Unit),
    End,
    Due,
    Priority,
    Status,
    /// When a task was done.
    Done,
    Queue,
    TaskType,
    Location,
    From,
    To,
    Cc,
    Thread,
    /// Message-IDs of mails that came before it.
    References,
    /// The record it was logged on; the row then names all its records.
    LoggedOn,
    /// Records of any object.
    Records,
}

/// What a bare number of a duration counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// It must say so itself, as `12m` does.
    Unsaid,
    Seconds,
    Minutes,
    Milliseconds,
}

const fn f(field: Field) -> Role {
    Role::Activity(field)
}

pub(super) const ACTIVITY: Names = &[
    ("id recordid objectid engagementid activityid taskid eventid", Role::Id),
    ("messageid", Role::ForeignId),
    ("references", f(Field::References)),
    ("type activitytype engagementtype kind", f(Field::Kind)),
    ("tasksubtype eventsubtype communicationchanneltype channel channeltype", f(Field::FinerKind)),
    (
        "at time date datetime timestamp activitydate activitydatetime activitytime start startdate starttime \
         startdatetime startdatetime meetingstarttime meetingdate calldate emaildate senddate occurredat loggedat",
        f(Field::At),
    ),
    ("createdat createdate createddate created activitycreatedate", f(Field::Created)),
    (
        "subject title name tasksubject tasktitle taskname calltitle callname meetingtitle meetingname emailsubject \
         activitysubject activityname",
        f(Field::Subject),
    ),
    (
        "text body notes note content comments description message callbody callnotes calldescription emailtext \
         emailbody meetingbody meetingdescription internalmeetingnotes notebody taskbody tasknotes \
         communicationbody postalmailbody",
        f(Field::Text),
    ),
    ("emailhtml html bodypreview notepreview emailpreview", f(Field::OtherText)),
    (
        "owner assignee assignedto assigned ownerid owneremail hubspotowner hubspotownerid activityassignedto \
         taskassignedto callassignedto salesid user salesrep",
        f(Field::Owner),
    ),
    ("author by createdby createdbyid activitycreatedby loggedby", f(Field::Author)),
    ("outcome calloutcome meetingoutcome calldisposition callresult result", f(Field::Outcome)),
    ("direction calldirection calltype emaildirection messagedirection", f(Field::Direction)),
    ("duration", f(Field::Duration(Unit::Unsaid))),
    ("calldurationinseconds durationseconds durationinseconds", f(Field::Duration(Unit::Seconds))),
    ("durationinminutes durationminutes", f(Field::Duration(Unit::Minutes))),
    ("callduration calldurationms durationmilliseconds", f(Field::Duration(Unit::Milliseconds))),
    ("end endtime enddate enddatetime meetingendtime", f(Field::End)),
    ("due duedate dueat duetime taskduedate", f(Field::Due)),
    ("priority taskpriority", f(Field::Priority)),
    ("status taskstatus", f(Field::Status)),
    ("done donedate completedat completeddate completeddatetime taskcompletiondate completiondate", f(Field::Done)),
    ("queue taskqueue queuename", f(Field::Queue)),
    ("tasktype todotype", f(Field::TaskType)),
    ("location meetinglocation place", f(Field::Location)),
    (
        "from sender fromaddress emailfrom emailfromaddress emailfromemail emailsenderemail callfromnumber",
        f(Field::From),
    ),
    (
        "to recipients toaddress with emailto emailtoaddress emailtoemail emailrecipients calltonumber attendees \
         attendeeemails",
        f(Field::To),
    ),
    ("cc emailcc emailccaddress emailccemail", f(Field::Cc)),
    ("thread threadid emailthreadid", f(Field::Thread)),
    ("loggedon", f(Field::LoggedOn)),
    (
        "records record recordids associations associatedrecords associatedrecordids whoid whatid relatedto \
         relatedtoid relatedrecord parentid nameid",
        f(Field::Records),
    ),
    ("contact contacts contactemail contactemails email emailaddress", Role::Tie(Object::CONTACT, By::Address)),
    ("company companies companyname companydomain account accountname domain", Role::Tie(Object::COMPANY, By::Name)),
    ("deal deals dealname opportunity", Role::Tie(Object::DEAL, By::Name)),
    ("ticket tickets", Role::Tie(Object::TICKET, By::Name)),
    ("dealid dealids opportunityid", Role::Tie(Object::DEAL, By::Ids(false))),
    ("ticketid ticketids caseid", Role::Tie(Object::TICKET, By::Ids(false))),
    ("leadid leadids", Role::Tie(Object::LEAD, By::Ids(false))),
    (
        "file typeid category portalid fivetrandeleted fivetransynced lastmodifieddate modifiedby allownerids allteamids \
         hubspotteamid engagementsource callstatus emailstatus emailsendstatus callsource isclosed isdeleted systemmodstamp lastmodifiedbyid",
        Role::Derived,
    ),
];

/// What somebody may say that a column is: as a mapping writes it, as screens do.
pub(super) const OFFERS: &[(&str, &str)] = &[
    ("type", "Type"),
    ("task_subtype", "Type, where another column has that name"),
    ("time", "Time"),
    ("created_at", "Time it was written down"),
    ("subject", "Subject"),
    ("text", "Text"),
    ("html", "Text in another form"),
    ("owner", "Owner"),
    ("author", "Logged by"),
    ("outcome", "Outcome"),
    ("direction", "Direction"),
    ("duration", "Duration"),
    ("duration_seconds", "Duration in seconds"),
    ("duration_minutes", "Duration in minutes"),
    ("duration_milliseconds", "Duration in milliseconds"),
    ("end", "End"),
    ("due", "Due"),
    ("priority", "Priority"),
    ("status", "Status of a task"),
    ("done", "Time a task was done"),
    ("queue", "Queue"),
    ("task_type", "Type of a task"),
    ("location", "Location"),
    ("from", "From"),
    ("to", "To"),
    ("cc", "Cc"),
    ("thread", "Thread"),
    ("references", "Message-IDs of the mails before it"),
    ("logged_on", "Record it was logged on, the others are all named"),
    ("records", "Records by ID, e-mail or domain"),
];

/// The name of a column as the table has it.
pub(super) fn bare(header: &str) -> String {
    let squeezed = squeezed(header);
    let rest = squeezed.strip_prefix("property").filter(|rest| !rest.is_empty()).unwrap_or(&squeezed);
    rest.strip_prefix("hs").filter(|rest| !rest.is_empty()).unwrap_or(rest).to_owned()
}

/// How many of the columns are those of activities: 0 unless something says so that records have not.
pub(super) fn score(file: &str, columns: &[String], roles: &[Option<Role>]) -> usize {
    let has =
        |wanted: &[Field]| roles.iter().flatten().any(|role| matches!(role, Role::Activity(f) if wanted.contains(f)));
    let is_column = |name: &str| columns.iter().any(|column| squeezed(column) == name);
    let is_theirs =
        is_column("engagementid") || ["activit", "engagement"].iter().any(|word| file.to_lowercase().contains(word));
    let is_said = has(&[Field::FinerKind, Field::LoggedOn, Field::Records])
        || is_column("activitytype")
        || kind_of(file, columns).is_some();
    let is_one = has(&[Field::At, Field::Due, Field::Kind, Field::FinerKind, Field::Created])
        && has(&[Field::Subject, Field::Text, Field::OtherText, Field::Outcome]);
    let counts = |role: &&Role| !matches!(role, Role::Derived | Role::LeftOut);
    if is_theirs || (is_said && is_one) { roles.iter().flatten().filter(counts).count() } else { 0 }
}

/// A file that only says which activities belong to which records, as HubSpot's tables of associations do.
pub fn is_ties(columns: &[String], roles: &[Option<Role>]) -> bool {
    let has = |fits: fn(&Role) -> bool| roles.iter().flatten().any(fits);
    columns.iter().any(|column| matches!(squeezed(column).as_str(), "engagementid" | "activityid"))
        && has(|role| matches!(role, Role::Tie(..) | Role::Activity(Field::Records)))
        && !has(|role| matches!(role, Role::Activity(field) if !matches!(field, Field::Records | Field::Kind)))
}

/// Words in the names of files and columns that say what all rows are.
const WORDS: &[(&str, ActivityKind)] = &[
    ("call calls", ActivityKind::Call),
    ("email emails mail mails", ActivityKind::Email),
    ("meeting meetings event events", ActivityKind::Meeting),
    ("note notes", ActivityKind::Note),
    ("task tasks todo todos", ActivityKind::Task),
    ("letter letters", ActivityKind::PostalMail),
    ("linkedin", ActivityKind::LinkedIn),
    ("sms", ActivityKind::Sms),
    ("whatsapp", ActivityKind::WhatsApp),
];

/// What the rows of a file are where none says so: by the file's name, else by the columns that only one type has.
pub fn kind_of(file: &str, columns: &[String]) -> Option<ActivityKind> {
    let file = file.to_lowercase();
    let words =
        |wanted: &str| file.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.split(' ').any(|w| w == word));
    let named: Vec<ActivityKind> = WORDS.iter().filter(|(names, _)| words(names)).map(|(_, kind)| *kind).collect();
    if let [kind] = named.as_slice() {
        return Some(*kind);
    }
    let begins = |columns: &[String], word: &str| columns.iter().any(|column| bare(column).starts_with(word));
    let mut of_columns = [
        ("calldisposition callduration calldirection callbody calltitle calloutcome callnotes", ActivityKind::Call),
        ("emailsubject emailtext emailhtml emaildirection emailbody", ActivityKind::Email),
        ("meetingoutcome meetingtitle meetingstarttime meetingbody meetingname enddatetime", ActivityKind::Meeting),
        ("notebody", ActivityKind::Note),
        ("tasksubject taskstatus tasktype tasksubtype taskbody taskcompletiondate", ActivityKind::Task),
    ]
    .into_iter()
    .filter(|(names, _)| names.split_whitespace().any(|name| begins(columns, name)));
    match (of_columns.next(), of_columns.next()) {
        (Some((_, kind)), None) => Some(kind),
        _ => None,
    }
}
