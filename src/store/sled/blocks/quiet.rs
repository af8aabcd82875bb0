//! Calls into sled, which panics on some damaged bytes: the panic becomes an error and says nothing on the terminal.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `work`; a panic in it comes back as its message.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !is_quiet() {
                loud(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    // What sled leaves half done after a panic is not used for writing again: the caller stops the store.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    done.map_err(|payload| message(payload.as_ref()))
}

fn is_quiet() -> bool {
    QUIET.get() || thread::current().name().is_some_and(|name| name.starts_with("sled-io-"))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    // sled's messages run over lines and carry whole nodes.
    text.unwrap_or("no message").chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_its_message() {
        assert_eq!(quietly(|| 7), Ok(7));
        assert_eq!(quietly(|| panic!("page {} is torn", 3)), Err::<(), _>("page 3 is torn".into()));
        assert!(!QUIET.get());
    }
}
