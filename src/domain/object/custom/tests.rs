//! What objects of users may be called, and how what they hold is said.

use super::*;
use crate::domain::settings::Settings;
use rstest::rstest;
use std::collections::BTreeMap;

#[rstest]
#[case("Project", "project", "Project")]
#[case("sales_project", "sales_project", "Sales project")]
#[case(" Łódź boat ", "lodz_boat", "Łódź boat")]
#[case("iPhone", "iphone", "iPhone")]
#[case("7 seas", "seas", "7 seas")]
fn r5_1_the_internal_name_is_made_of_the_singular(#[case] called: &str, #[case] name: &str, #[case] singular: &str) {
    let form = ObjectForm::new(called, "Many");
    assert_eq!((form.name.as_str(), form.singular.as_str()), (name, singular));
}

#[rstest]
#[case("Deal", "Bargains", Some("There are Deals already (deal)"))]
#[case("Bargain", "deals", Some("There are Deals already (deal)"))]
#[case("Activity", "Doings", Some("“activity” means something else already. Choose another name"))]
#[case("Doing", "Activities", Some("“Activities” means something else already. Choose another name"))]
#[case("User", "Folk", Some("“user” means something else already. Choose another name"))]
#[case("Проект", "Проекты", Some("“” is no internal name of an object: lower case, digits and _, such as project"))]
#[case("Project", " ", Some("A plural needs a letter at least"))]
#[case("Pro\u{1b}ject", "Projects", Some("“Pro\\u{1b}ject” has control characters in it"))]
#[case("Equipment", "Equipment", None)]
fn r5_1_what_others_are_called_is_taken(#[case] called: &str, #[case] plural: &str, #[case] expected: Option<&str>) {
    let objects = Settings::from_rows(BTreeMap::new()).objects;
    let checked = ObjectForm::new(called, plural).checked(None, &objects);
    assert_eq!(checked.err().as_deref(), expected);
}

#[rstest]
#[case((0, 0, 0), "")]
#[case((1, 0, 0), "1 record")]
#[case((0, 1, 2), "1 property and 2 associations")]
#[case((3, 2, 1), "3 records, 2 properties and 1 association")]
fn what_an_object_holds_is_counted_in_words(
    #[case] (records, properties, associations): (usize, usize, usize),
    #[case] said: &str,
) {
    let holding =
        Holding { object: Object::FIRST_CUSTOM, plural: "Projects".into(), records, properties, associations };
    assert_eq!(holding.counted(), said);
    assert_eq!(holding.is_empty(), said.is_empty());
}
