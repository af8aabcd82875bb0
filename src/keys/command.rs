//! Everything a key can ask for. A new command is a row: its name, its id (kept in keymap files, never reused), its title.

macro_rules! commands {
    ($($name:ident $(($of:ident: $number:ty))? $id:literal $title:literal)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $($name $(($number))?,)*
        }

        impl Command {
            /// One of each, those with a number with the number 1.
            pub const ALL: &[Self] = &[$(Self::$name $((1 as $number))?,)*];

            /// Stable, for keymap files and logs.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name $(($of))? => { $(let _ = $of;)? $id })*
                }
            }

            /// Its number, of those that are one of several of a kind.
            fn number(self) -> Option<u32> {
                match self {
                    $(Self::$name $(($of))? => None::<u32> $(.or(Some(u32::from($of))))?,)*
                }
            }

            /// Its id, and the number of one of several: `tab.select.3`.
            pub fn name(self) -> String {
                match self.number() {
                    Some(number) => format!("{}.{number}", self.id()),
                    None => self.id().to_owned(),
                }
            }

            /// As the palette lists it.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name $(($of))? => { $(let _ = $of;)? $title })*
                }
            }
        }

    };
}

commands! {
    MoveDown        "list.move_down"         "Move down"
    MoveUp          "list.move_up"           "Move up"
    HalfPageDown    "list.half_page_down"    "Half a page down"
    HalfPageUp      "list.half_page_up"      "Half a page up"
    PageDown        "list.page_down"         "A page down"
    PageUp          "list.page_up"           "A page up"
    First           "list.first"             "First row"
    Last            "list.last"              "Last row"
    Open            "list.open"              "Open"

    Search          "find.search"            "Search this list"
    KeepSearch      "find.keep"              "Keep the search and return to the list"
    NextHit         "find.next"              "Next hit"
    PreviousHit     "find.previous"          "Previous hit"
    Edit            "edit.begin"             "Edit what is under the cursor"
    EditProperty    "edit.property"          "Edit a property…"
    CellLeft        "edit.cell_left"         "Cell to the left"
    CellRight       "edit.cell_right"        "Cell to the right"
    SaveField       "edit.save"              "Save the field"
    NextField       "edit.next"              "Next field"
    PreviousField   "edit.previous"          "Previous field"
    Tick            "edit.tick"              "Tick or untick"
    EditOutside     "edit.outside"           "Edit in $EDITOR"

    NewContact      "create.contact"         "Create a contact"
    NewCompany      "create.company"         "Create a company"
    NewDeal         "create.deal"            "Create a deal"
    NewTicket       "create.ticket"          "Create a ticket"
    NewLead         "create.lead"            "Create a lead"
    LeadOf          "create.lead_of"         "Create a lead of this contact or company"
    NewOf(object: u16) "create.own"          "Create a record of an object of your own"
    Create          "form.create"            "Create"
    CreateAnother   "form.create_another"    "Create and add another"
    OpenHolder      "form.open_holder"       "Open the record that has it already"
    WithoutTie      "form.without_tie"       "Leave out the association"
    WithoutDeal     "form.without_deal"      "Go on without a deal"
    DiscardDraft    "form.discard_draft"     "Discard the draft"

    Associate       "associations.pick"      "Associate…"
    TakeOff         "associations.take_off"  "Take off the associated record"
    MakePrimary     "associations.primary"   "Make it the primary one"
    Labels          "associations.labels"    "Labels of the association…"
    Replace         "associations.replace"   "Replace at the limit"
    SaveTies        "associations.save"      "Save the associations"
    TickHolder      "associations.holder"    "Tick the record that has it already"

    Save            "settings.save"          "Save the changes"
    Discard         "settings.discard"       "Discard the changes"
    SearchSettings  "settings.search"        "Search all settings"
    NewObject       "object.new"             "New object"
    NewProperty     "property.new"           "New property"
    EditOptions     "property.options"       "Options of the property"
    NewStage        "stage.new"              "New stage"
    Probability     "stage.probability"      "Probability of the stage"
    NewPipeline     "pipeline.new"           "New pipeline"
    ChoosePipeline  "pipeline.choose"        "Another pipeline…"
    EditReasons     "reasons.edit"           "Edit reasons"
    AddField        "fields.add"             "Add a property…"
    Require         "fields.require"         "Required or not"
    NewPerson       "people.new"             "New user or team"
    NewLabel        "label.new"              "New label"
    NewRow          "table.new"              "New row"
    ResetTable      "table.reset"            "The table as it was from the start"
    TryTable        "table.try"              "Where an activity would go…"
    AddKeys         "keys.add"               "One more key for the action"
    ResetKeys       "keys.reset"             "The action's keys as they were"
    ResetAllKeys    "keys.reset_all"         "All keys as they were"
    NewOption       "option.new"             "New option"
    RenameOption    "option.rename"          "Rename the option"
    OptionDown      "option.down"            "Move it down"
    OptionUp        "option.up"              "Move it up"
    ColourOption    "option.colour"          "Next colour of the option"

    Qualify         "lead.qualify"           "Qualify: convert to a deal"
    Disqualify      "lead.disqualify"        "Disqualify the lead"
    Reopen          "lead.reopen"            "Reopen the lead"

    Log             "log.line"               "Log an activity in one line"
    LogCall         "log.call"               "Log a call…"
    LogEmail        "log.email"              "Log an e-mail…"
    LogMeeting      "log.meeting"            "Log a meeting…"
    LogNote         "log.note"               "Write a note…"
    LogTask         "log.task"               "Create a task…"
    LogPostalMail   "log.postal_mail"        "Log a postal mail…"
    LogLinkedIn     "log.linkedin"           "Log a LinkedIn message…"
    LogSms          "log.sms"                "Log an SMS…"
    LogWhatsApp     "log.whatsapp"           "Log a WhatsApp message…"
    LogIt           "log.save"               "Log it"
    FullForm        "log.form"               "All fields in a form"
    AddGoal         "log.add"                "Add a record that it goes to"

    Delete          "act.delete"             "Delete"
    Merge           "act.merge"              "Merge with another record…"
    SwapMerged      "merge.swap"             "Swap which of the two stays"
    Export          "act.export"             "Export…"
    NextColumns     "export.columns"         "The columns shown, or all"
    AssociateAll    "act.associate_all"      "Associate all with…"
    AssociateBy     "act.associate_by"       "Associate by a rule…"
    Undo            "act.undo"               "Undo your last act"
    OpenLink        "act.open_link"          "Open the link, e-mail or phone"
    Redo            "act.redo"               "Redo what you undid"
    Why             "act.why"                "Why it is so"
    History         "act.history"            "History"

    UndoThis        "acts.undo"              "Undo this act"
    Continue        "acts.continue"          "Continue this act"
    RedoThis        "acts.redo"              "Redo this act"

    ToggleMark      "mark.toggle"            "Mark or unmark"
    MarkRange       "mark.range"             "Mark a range"
    MarkAll         "mark.all"               "Mark all that are found"
    Restore         "bin.restore"            "Restore from the bin"
    Erase           "bin.erase"              "Erase for good"

    CopyEmail       "copy.email"             "Copy the e-mail"
    CopyPhone       "copy.phone"             "Copy the phone number"
    CopyLink        "copy.link"              "Copy the link"
    CopyName        "copy.name"              "Copy the name"
    CopyId          "copy.id"                "Copy the id"
    CopyValue       "copy.value"             "Copy the value under the cursor"
    CopyRow         "copy.row"               "Copy the row"
    CopyCsv         "copy.csv"               "Copy as CSV"
    TakeLink        "open_with.link"         "Open the link"
    TakeEmail       "open_with.email"        "Write an e-mail"
    TakePhone       "open_with.phone"        "Call"

    SortBy(column: u8) "sort.by"             "Sort by a column"
    ThenSortBy(column: u8) "sort.then"       "Then sort by a column"
    ReverseSort     "sort.reverse"           "Reverse the order"

    AddFilter       "filter.add"             "Add a filter"
    FocusFilters    "filter.focus"           "Go to the filters"
    EditFilters     "filter.expressions"     "Edit the filters as expressions"
    NextFilter      "filter.next"            "Next filter"
    PreviousFilter  "filter.previous"        "Previous filter"
    EditFilter      "filter.edit"            "Change the filter"
    RemoveFilter    "filter.remove"          "Remove the filter"
    OrFilter        "filter.or"              "Add an alternative to the filter"

    MoveStage(place: u8) "board.move_to"     "Move to a stage"
    MoveForward     "board.forward"          "Move to the next stage"
    MoveBack        "board.back"             "Move to the stage before"
    CardDown        "board.card_down"        "Move the card down"
    CardUp          "board.card_up"          "Move the card up"
    NextStage       "board.next_stage"       "Next stage"
    PreviousStage   "board.previous_stage"   "Stage before"
    NextPipeline    "board.next_pipeline"    "Next pipeline"
    PreviousPipeline "board.previous_pipeline" "Pipeline before"

    ToggleBoard     "view.board"             "Board or list"
    TogglePreview   "view.preview"           "Show or hide the preview"
    Columns         "view.columns"           "Choose columns"
    SaveView        "view.save"              "Save the view"
    SaveViewAs      "view.save_as"           "Save the view under another name"
    RenameView      "view.rename"            "Rename the view"
    DeleteView      "view.delete"            "Delete the view"
    DropChanges     "view.drop"              "Drop the changes to the view"
    ShowExpression  "view.expression"        "The view as a call of the command line"
    ShowColumn      "columns.show"           "Show or hide the column"
    MoveColumnDown  "columns.down"           "Move the column to the right"
    MoveColumnUp    "columns.up"             "Move the column to the left"
    WidenColumn     "columns.widen"          "Make the column wider"
    NarrowColumn    "columns.narrow"         "Make the column narrower"
    GroupBy         "columns.group"          "Group by it"
    ToggleDensity   "view.density"           "Row height"
    ToggleFold      "fold.toggle"            "Fold or unfold"
    Unfold          "fold.open"              "Unfold"
    Fold            "fold.close"             "Fold"
    UnfoldAll       "fold.open_all"          "Unfold all"
    FoldAll         "fold.close_all"         "Fold all"

    ClearFilters    "timeline.clear"         "Take all filters off the timeline"
    JumpToDate      "timeline.date"          "Go to a date…"
    Pin             "timeline.pin"           "Pin the activity on top, or unpin it"
    DeleteActivity  "timeline.delete"        "Delete the activity"
    EditText        "timeline.text"          "Edit the text in $EDITOR"

    ToggleFollow    "record.follow"          "Follow the record, or follow it no more"
    NextRecord      "record.next"            "Next record of the list"
    PreviousRecord  "record.previous"        "Previous record of the list"

    GoContacts      "go.contacts"            "Contacts"
    GoCompanies     "go.companies"           "Companies"
    GoDeals         "go.deals"               "Deals"
    GoTickets       "go.tickets"             "Tickets"
    GoBoard         "go.board"               "Go to the board of leads"
    GoDealBoard     "go.deal_board"          "Go to the board of deals"
    GoTicketBoard   "go.ticket_board"        "Go to the board of tickets"
    GoLeads         "go.leads"               "Leads"
    GoObject(object: u16) "go.own"           "Go to an object of your own"
    GoToday         "go.today"               "Today"
    GoNotifications "go.notifications"       "Notifications"
    GoTold          "go.told"                "Go to what you were told last"
    GoImport        "go.import"              "Import a file…"
    GoActs          "go.acts"                "Acts"
    GoBin           "go.bin"                 "Bin"
    GoUnassociated  "go.unassociated"        "Unassociated activities"
    GoAwaited       "go.awaited"             "Events that wait for a contact"
    Anywhere        "go.anywhere"            "Any record"
    NextScope       "anywhere.next_scope"    "Look in the next object"
    PreviousScope   "anywhere.previous_scope" "Look in the object before"
    GoSettings      "go.settings"            "Settings"
    Back            "go.back"                "Back"
    Forward         "go.forward"             "Forward"

    NextPane        "pane.next"              "Next pane"
    PreviousPane    "pane.previous"          "Previous pane"
    NextTab         "tab.next"               "Next tab"
    PreviousTab     "tab.previous"           "Previous tab"
    SelectTab(number: u8) "tab.select"       "Tab by its number"

    CompletePath    "import.complete"        "Complete the path"
    LeaveOut        "import.leave_out"       "Leave the column out, or take it in again"
    ChooseObject    "import.object"          "What the rows are"
    ChooseRows      "import.rows"            "Which rows are taken"
    ToggleReplace   "import.replace"         "At a limit, keep or replace the association"
    LoadMapping     "import.load_mapping"    "Saved mappings…"
    SaveMapping     "import.save_mapping"    "Save the mapping…"
    NextStep        "import.next"            "Check the rows"
    PreviousStep    "import.previous"        "Previous step"
    StartImport     "import.start"           "Import the rows"
    ImportLeftOut   "import.left_out"        "Import the corrected rows"
    UndoImport      "import.undo"            "Undo the import"
    AnotherFile     "import.another"         "Import another file"

    ToggleDone      "task.done"              "Done, or open again"
    Snooze          "task.snooze"            "Snooze…"
    Reschedule      "task.reschedule"        "Reschedule…"
    Outcome         "task.outcome"           "Outcome of the meeting…"
    ChooseQueue     "task.queue"             "Which tasks are gone through…"
    Take(number: u8) "choice.take"           "Take one by its letter"

    ToggleRead      "notification.read"      "Read, or unread again"
    AllRead         "notification.all_read"  "All notifications are read"
    Mute            "notification.mute"      "Mute this topic"
    SendAgain       "notification.again"     "Send again what was not delivered"
    SendTest        "channel.test"           "Send a test"
    Register        "partner.register"       "Register a contact or company"
    Share           "partner.share"          "Share the deal with a partner"
    FirstPartner    "partner.first"          "Which partner comes first"
    DealTeam        "partner.team"           "The deal's team"

    Agree           "dialog.agree"           "Agree"
    Keep            "dialog.keep"            "Cancel"

    Escape          "app.escape"             "One level back"
    Close           "app.close"              "Close this view"
    Palette         "app.palette"            "Commands and records"
    Help            "app.help"               "Keys of this pane"
    ToggleMouse     "app.mouse"              "Mouse on or off"
    ReloadConfig    "app.reload_config"      "Read the config file again"
    Suspend         "app.suspend"            "Suspend to the shell"
    Interrupt       "app.interrupt"          "Cancel; twice: quit"
}
