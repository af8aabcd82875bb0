//! The users of the made-up workspace. To add a colleague, add a row to [`COLLEAGUES`].

use super::calendar::{Calendar, Mint};
use super::random::Rng;
use super::words::Land;
use crate::domain::id::UserId;
use crate::domain::user::{Seat, User};

/// Name, e-mail, team, lands that they sell in.
type Colleague = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The first one stands in where no first user is given.
const COLLEAGUES: &[Colleague] = &[
    ("Maja Sikorska", "maja.sikorska@latarnia.example", "Sales Poland", &["pl"]),
    ("Tomasz Wrona", "tomasz.wrona@latarnia.example", "Sales Poland", &["pl"]),
    ("Łukasz Bednarz", "lukasz.bednarz@latarnia.example", "Sales Poland", &["pl"]),
    ("Jürgen Adler", "juergen.adler@latarnia.example", "Sales Germany", &["de"]),
    ("Annika Vogt", "annika.vogt@latarnia.example", "Sales Germany", &["de"]),
    ("Harriet Lowe", "harriet.lowe@latarnia.example", "Sales Britain and America", &["gb", "us"]),
    ("Miles Fenwick", "miles.fenwick@latarnia.example", "Sales Britain and America", &["gb", "us"]),
    ("Yuki Mori", "yuki.mori@latarnia.example", "Sales Japan", &["jp"]),
    ("Kinga Żak", "kinga.zak@latarnia.example", "Support", &[]),
];

/// Left the firm; still owns some of what is old.
const LEFT: &str = "miles.fenwick@latarnia.example";
const ADMIN_OF_PROPERTIES: &str = "juergen.adler@latarnia.example";
const GROWTH_SPECIALIST: &str = "yuki.mori@latarnia.example";
pub const SUPPORT: &str = "Support";

/// Records older than this may belong to who has left.
const LEFT_DAYS_AGO: i64 = 400;

#[derive(Debug, Clone)]
pub struct Staff {
    pub users: Vec<User>,
}

impl Staff {
    pub fn new(first_user: Option<(&str, &str)>, calendar: &Calendar) -> Staff {
        let mut users: Vec<User> = Vec::with_capacity(COLLEAGUES.len());
        let (mut mint, mut rng) = (Mint::default(), Rng::of_part(u64::MAX));
        for (place, (name, email, team, _)) in COLLEAGUES.iter().enumerate() {
            let (_, uuid) = mint.next(calendar.start() - 1_000_000, &mut rng);
            let (name, email) = first_user.filter(|_| place == 0).unwrap_or((name, email));
            users.push(User {
                team: Some((*team).to_owned()),
                seat: if *team == SUPPORT { Seat::None } else { Seat::Sales },
                active: email != LEFT,
                growth_specialist: email == GROWTH_SPECIALIST,
                edit_property_settings: email == ADMIN_OF_PROPERTIES,
                ..User::new(UserId(uuid), name, email)
            });
        }
        users[0].super_admin = true;
        users[0].active = true;
        // Who starts the demo as one of the colleagues takes their chair.
        let first = users[0].email.clone();
        let mut place = 0;
        users.retain(|user| {
            place += 1;
            place == 1 || !user.email.eq_ignore_ascii_case(&first)
        });
        Staff { users }
    }

    /// Who looks after a company: a fifth for the first user, a few for nobody, the rest for whoever sells in that land.
    pub fn owner(&self, land: &Land, age: i64, rng: &mut Rng) -> Option<usize> {
        match rng.below(100) {
            0..19 => Some(0),
            19..31 => None,
            _ => Some(self.seller(land, age, rng)),
        }
    }

    /// Someone who sells in that land.
    pub fn seller(&self, land: &Land, age: i64, rng: &mut Rng) -> usize {
        let sells = |user: &User| {
            let known = COLLEAGUES.iter().find(|row| row.1 == user.email);
            known.is_some_and(|row| row.3.contains(&land.code)) && (user.active || age > LEFT_DAYS_AGO)
        };
        let sellers = || (1..self.users.len()).filter(|place| sells(&self.users[*place]));
        let many = sellers().count();
        sellers().nth(rng.below(many)).unwrap_or(0)
    }

    pub fn support(&self) -> usize {
        self.users.iter().position(|user| user.team.as_deref() == Some(SUPPORT)).unwrap_or(0)
    }

    pub fn id(&self, place: usize) -> UserId {
        self.users[place].id
    }
}
