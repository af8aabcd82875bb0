//! Numbers that look like chance and come out the same every time.

/// splitmix64: eight bytes of state, and any two seeds give unlike numbers.
#[derive(Debug, Clone)]
pub struct Rng(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Rng {
    /// The numbers of one part of the stream; parts have nothing to do with each other.
    pub fn of_part(part: u64) -> Rng {
        let mut rng = Rng(part.wrapping_mul(GOLDEN) ^ 0x6c65_6a65_6b00_0001);
        rng.draw();
        rng
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `many` - 1; 0 of nothing.
    pub fn below(&mut self, many: usize) -> usize {
        ((u128::from(self.draw()) * many as u128) >> 64) as usize
    }

    /// Both ends may come.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1).max(1) as usize) as i64
    }

    /// 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of a list that starts with what is common.
    pub fn common<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.common_place(of.len())]
    }

    /// 0 to `many` - 1, the smaller the more often.
    pub fn common_place(&mut self, many: usize) -> usize {
        let unit = self.unit();
        ((0.35 * unit + 0.65 * unit * unit) * many as f64) as usize
    }

    /// The place of one of `weights`, the heavier the more often.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    pub fn bytes(&mut self) -> [u8; 10] {
        let (one, other) = (self.draw().to_le_bytes(), self.draw().to_le_bytes());
        [one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7], other[0], other[1]]
    }
}
