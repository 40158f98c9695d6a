//! An erasure that is killed leaves the person whole or gone.
#![cfg(unix)]

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::*;

#[test]
fn an_erasure_killed_at_any_moment_leaves_the_old_state_or_the_new_one() {
    const KILLS: u32 = 30;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "before.cartwright", "--customers", "3000"]);
    let who = "customer00100@example.com";
    let erase = |file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
        let command_line = ["customer", "erase", file, who, "--orders", "delete", "--yes"];
        command.current_dir(at).args(command_line).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let fresh = |file: &str| std::fs::copy(at.join("before.cartwright"), at.join(file)).unwrap();
    let old = ok(at, &["dump", "before.cartwright"]);
    fresh("after.cartwright");
    let started = Instant::now();
    assert!(erase("after.cartwright").status().unwrap().success());
    let takes = started.elapsed();
    let new = ok(at, &["dump", "after.cartwright"]);
    assert!(old.contains(who) && !new.contains(who));
    let (mut olds, mut news) = (0, 0);
    for n in 0..KILLS {
        let file = format!("killed{n}.cartwright");
        fresh(&file);
        let mut child = erase(&file).spawn().unwrap();
        let moment = takes.mul_f64(f64::from(n) * 1.1 / f64::from(KILLS)) + Duration::from_micros(u64::from(n) * 53);
        std::thread::sleep(moment);
        let _ = child.kill();
        let _ = child.wait();
        let state = ok(at, &["dump", &file]);
        assert!(state == old || state == new, "killed at moment {n}: a state that never was");
        ok(at, &["check", &file]);
        if state == old {
            olds += 1;
        } else {
            news += 1;
            // What was cut short after the commit is made up for when the workspace is opened for writing.
            ok(at, &["undo", &file]);
            assert!(hits(at, &file, who).is_empty(), "killed at moment {n}");
        }
        for suffix in ["", "-wal", "-shm", "-lock"] {
            let _ = std::fs::remove_file(at.join(format!("{file}{suffix}")));
        }
    }
    println!("{KILLS} kills: {olds} old states, {news} new states, all whole");
    assert!(olds > 0);
}
