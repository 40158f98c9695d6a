//! KPIs on the command line: the dashboard, typed and imported metrics, targets, benchmarks as a file.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn cartwright(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap()
}

/// A shop of its own folder: an order of 20 USD on each of 60 days, by ten customers in turn.
struct Shop(tempfile::TempDir);

impl Shop {
    fn new() -> Self {
        let shop = Self(tempfile::tempdir().unwrap());
        let mut text = "order_id,placed_at,customer_id,sku,quantity,unit_price,currency\n".to_owned();
        for n in 0..60 {
            let day = cartwright::model::Day(20_454 + n);
            text.push_str(&format!("{n},{day},C{},X,1,20.00,USD\n", n % 10));
        }
        shop.write("orders.csv", &text);
        shop.json(&["import", "shop.cartwright", "orders.csv", "--json"]);
        shop
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.path().join(file), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Result<String, String> {
        let out = cartwright(self.0.path(), args);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if out.status.success() { Ok(text(&out.stdout)) } else { Err(text(&out.stderr)) }
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(args).unwrap_or_else(|why| panic!("{args:?}: {why}"))).unwrap()
    }

    fn row(&self, metric: &str) -> Value {
        self.json(&["kpi", "shop.cartwright", "--period", "90d", "--metric", metric, "--json"])["rows"][0].clone()
    }
}

#[test]
fn the_dashboard_is_printed_whole_or_in_part() {
    let shop = Shop::new();
    let found = shop.json(&["kpi", "shop.cartwright", "--period", "28d", "--json"]);
    assert_eq!(found["period"], serde_json::json!(["2026-02-02", "2026-03-01"]));
    let row = |key: &str| found["rows"].as_array().unwrap().iter().find(|row| row["metric"] == key).unwrap().clone();
    assert_eq!((row("revenue")["value"].as_f64(), row("revenue")["before"].as_f64()), (Some(560.0), Some(560.0)));
    assert_eq!(row("revenue")["currency"], "USD");
    assert_eq!(row("repeat_rate")["value"], 1.0);
    assert_eq!(row("repeat_rate")["n"], 10);
    assert!(row("conversion")["value"].is_null() && row("conversion")["why_not"].as_str().unwrap().contains("Import"));
    assert_eq!(row("conversion")["benchmark"]["value"], 0.0235);
    assert_eq!(found["framework"]["rows"].as_array().unwrap().len(), 6);
    let text = shop.run(&["kpi", "shop.cartwright", "--group", "business"]).unwrap();
    assert!(text.contains("Average order value") && !text.contains("Net promoter score"), "{text}");
    let text = shop.run(&["kpi", "framework", "shop.cartwright"]).unwrap();
    assert!(text.contains("never added up"), "{text}");
    let wrong = shop.run(&["kpi", "shop.cartwright", "--metric", "convershun"]).unwrap_err();
    assert!(wrong.contains("near to it are conversion"), "{wrong}");
    assert!(shop.run(&["kpi"]).unwrap_err().contains("FILE"));
}

#[test]
fn metrics_by_period_are_imported_in_either_shape_and_undone() {
    let shop = Shop::new();
    shop.write(
        "long.csv",
        "metric,from,to,value,n,source\nNPS,2026-01-01,2026-01-31,42,210,Survey\nCSAT,2026-01-01,2026-01-31,81%,210,Survey\n\
         Net promotr score,2026-01-01,2026-01-31,1,1,x\nCSAT,2026-02-01,2026-02-28,81,5,Survey\nRevenue,2026-01-01,2026-01-31,5,,x\n",
    );
    let done = shop.json(&["import", "shop.cartwright", "long.csv", "--json"]);
    assert_eq!((done["accepted"].as_u64(), done["rejected"].as_u64()), (Some(2), Some(3)), "{done}");
    let rejected = shop.run(&["rejected", "shop.cartwright"]).unwrap_or_else(|why| why);
    assert!(rejected.contains("Net promoter score"), "{rejected}");
    let nps = shop.row("nps");
    assert_eq!((nps["value"].as_f64(), nps["n"].as_u64()), (Some(42.0), Some(210)));
    assert_eq!(shop.row("csat")["value"], 0.81);
    shop.write("wide.csv", "Month,NPS,CSAT,Page load time\n2026-01,40,79%,1.9\n2026-02,44,,2.1\n");
    let done = shop.json(&["import", "shop.cartwright", "wide.csv", "--json"]);
    assert_eq!(done["accepted"], 2, "{done}");
    // January is told anew, February joins it: 31 and 28 days.
    let nps = shop.row("nps")["value"].as_f64().unwrap();
    assert!((nps - (40.0 * 31.0 + 44.0 * 28.0) / 59.0).abs() < 1e-6, "{nps}");
    assert_eq!(shop.row("csat")["value"], 0.79);
    shop.run(&["undo", "shop.cartwright"]).unwrap();
    assert_eq!((shop.row("nps")["value"].as_f64(), shop.row("csat")["value"].as_f64()), (Some(42.0), Some(0.81)));
    assert!(shop.row("page_load")["value"].is_null());
    // The same file again changes nothing.
    let again = shop.json(&["import", "shop.cartwright", "long.csv", "--json"]);
    assert_eq!(again["tables"]["metrics"]["unchanged"], 2, "{again}");
}

#[test]
fn what_is_typed_is_a_step_and_is_told_before_what_was_imported() {
    let shop = Shop::new();
    let set = |value: &str| {
        let days = ["--from", "2026-01-01", "--to", "2026-01-31", "--value", value, "--n", "50", "--source", "Panel"];
        shop.run(&[&["kpi", "set", "shop.cartwright", "nps"][..], &days].concat())
    };
    assert!(set("31").unwrap().contains("31"));
    assert_eq!(shop.row("nps")["value"], 31.0);
    assert!(shop.row("nps")["from"].as_str().unwrap().contains("typed"));
    assert!(set("310").unwrap_err().contains("between −100 and 100"));
    set("33").unwrap();
    assert_eq!(shop.row("nps")["value"], 33.0);
    shop.run(&["undo", "shop.cartwright"]).unwrap();
    assert_eq!(shop.row("nps")["value"], 31.0);
    let remove = ["kpi", "set", "shop.cartwright", "nps", "--from", "2026-01-01", "--to", "2026-01-31", "--remove"];
    shop.run(&remove).unwrap();
    assert!(shop.row("nps")["value"].is_null());
    assert!(shop.run(&remove).unwrap_err().contains("nothing was changed"));
    let typed = shop.run(&[
        "kpi",
        "set",
        "shop.cartwright",
        "revenue",
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-31",
        "--value",
        "5",
    ]);
    assert!(typed.unwrap_err().contains("counted from orders"));
}

#[test]
fn targets_owners_and_baselines_are_kept() {
    let shop = Shop::new();
    let told = shop.run(&["kpi", "target", "shop.cartwright", "aov", "--value", "25 USD", "--owner", "Sales team"]);
    assert!(told.unwrap().contains("looked after by Sales team"));
    let aov = shop.row("aov");
    assert_eq!((aov["target"]["value"].as_f64(), aov["target"]["reached"].as_bool()), (Some(25.0), Some(false)));
    assert_eq!(aov["owner"], "Sales team");
    shop.run(&["kpi", "target", "shop.cartwright", "aov", "--baseline", "16 USD", "--lift", "25%"]).unwrap();
    let aov = shop.row("aov");
    assert_eq!((aov["baseline"].as_f64(), aov["target"]["value"].as_f64()), (Some(16.0), Some(20.0)));
    assert_eq!(aov["target"]["reached"], true);
    let framework = shop.json(&["kpi", "framework", "shop.cartwright", "--period", "90d", "--json"]);
    let row = framework["rows"].as_array().unwrap().iter().find(|row| row["metric"] == "aov").unwrap().clone();
    assert_eq!((row["lift"].as_f64(), row["revenue_impact"].as_f64()), (Some(0.25), Some(240.0)));
    shop.run(&["kpi", "target", "shop.cartwright", "aov", "--none"]).unwrap();
    assert!(shop.row("aov")["target"].is_null());
    assert!(shop.run(&["kpi", "target", "shop.cartwright", "conversion", "--value", "350%"]).is_err());
}

#[test]
fn benchmarks_are_a_file_that_people_edit() {
    let shop = Shop::new();
    shop.run(&["kpi", "benchmarks", "shop.cartwright", "--write", "mine.toml"]).unwrap();
    let path = shop.0.path().join("mine.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("value = 0.685"), "{text}");
    std::fs::write(&path, text.replace("value = 0.0235", "value = 0.031")).unwrap();
    shop.run(&["kpi", "benchmarks", "shop.cartwright", "--read", "mine.toml"]).unwrap();
    assert_eq!(shop.row("conversion")["benchmark"]["value"], 0.031);
    assert_eq!(shop.row("email_open")["benchmark"]["value"], 0.125);
    shop.run(&["undo", "shop.cartwright"]).unwrap();
    assert_eq!(shop.row("conversion")["benchmark"]["value"], 0.0235);
    std::fs::write(
        &path,
        "[[benchmark]]\nkey = \"nps\"\nname = \"x\"\nvalue = 3\nof = \"\"\nsource = \"\"\ndated = \"2026-01-01\"\n",
    )
    .unwrap();
    assert!(
        shop.run(&["kpi", "benchmarks", "shop.cartwright", "--read", "mine.toml"]).unwrap_err().contains("who says so")
    );
}

#[test]
fn the_document_has_the_frameworks_table_and_the_catalogue() {
    let shop = Shop::new();
    shop.run(&["report", "shop.cartwright", "--format", "md", "--out", "doc.md"]).unwrap();
    let text = std::fs::read_to_string(shop.0.path().join("doc.md")).unwrap();
    for part in ["KPIs and ROI", "Revenue impact", "never added up", "Net promoter score", "Benchmarks"] {
        assert!(text.contains(part), "{part}");
    }
}
