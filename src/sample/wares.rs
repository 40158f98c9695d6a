//! Word lists and figures of the invented shop: categories, series, regions.

/// A category of goods.
#[derive(Debug)]
pub struct Category {
    /// Name.
    pub name: &'static str,
    /// First part of its SKUs.
    pub code: &'static str,
    /// Whether its SKUs are digits only.
    pub digits: bool,
    /// What is sold.
    pub nouns: &'static [&'static str],
    /// Variants of products that have some.
    pub variants: &'static [&'static str],
    /// What tells the variants apart.
    pub option: &'static str,
    /// Share of products with variants.
    pub variety: f64,
    /// Price of each variant relative to the one before.
    pub step: f64,
    /// Typical price in dollars.
    pub price: f64,
    /// Spread of prices (standard deviation of their logarithm).
    pub spread: f64,
    /// Typical share of the price left after the cost of goods.
    pub margin: f64,
    /// Probability that a line is sent back.
    pub refund: f64,
    /// Popularity relative to other categories.
    pub weight: f64,
}

const SIZES: &[&str] = &["Small", "Medium", "Large"];
const COLOURS: &[&str] = &["Sand", "Slate", "Moss", "Clay"];
const SETS: &[&str] = &["Set of 2", "Set of 4", "Set of 6"];

/// The shop's categories.
pub const CATEGORIES: &[Category] = &[
    Category {
        name: "Cookware",
        code: "CKW",
        digits: false,
        nouns: &[
            "Cast-Iron Skillet",
            "Saucepan",
            "Stockpot",
            "12\" Frying Pan",
            "Dutch Oven",
            "Wok",
            "Grill Pan",
            "Steamer Basket",
        ],
        variants: SIZES,
        option: "Size",
        variety: 0.6,
        step: 1.25,
        price: 52.0,
        spread: 0.35,
        margin: 0.42,
        refund: 0.035,
        weight: 1.2,
    },
    Category {
        name: "Bakeware",
        code: "BKW",
        digits: false,
        nouns: &[
            "Loaf Tin",
            "Springform",
            "Muffin Tray",
            "Pie Dish",
            "Rolling Pin",
            "Baker's Peel",
            "Cooling Rack",
            "Proofing Basket",
        ],
        variants: SIZES,
        option: "Size",
        variety: 0.4,
        step: 1.2,
        price: 21.0,
        spread: 0.3,
        margin: 0.48,
        refund: 0.02,
        weight: 1.0,
    },
    Category {
        name: "Knives & Boards",
        code: "KNB",
        digits: false,
        nouns: &[
            "Chef's Knife",
            "Paring Knife",
            "Bread Knife",
            "Santoku",
            "Chopping Board",
            "Carving Board, Grooved",
            "Knife Block",
            "Honing Steel",
        ],
        variants: &["Beech", "Oak", "Walnut"],
        option: "Wood",
        variety: 0.4,
        step: 1.15,
        price: 46.0,
        spread: 0.4,
        margin: 0.45,
        refund: 0.025,
        weight: 0.8,
    },
    Category {
        name: "Tableware",
        code: "TBW",
        digits: false,
        nouns: &[
            "Dinner Plate",
            "Side Plate",
            "Soup Bowl",
            "Serving Bowl, Large",
            "Platter",
            "Pasta Bowl",
            "Egg Cup",
            "Butter Dish",
        ],
        variants: COLOURS,
        option: "Colour",
        variety: 0.8,
        step: 1.0,
        price: 19.0,
        spread: 0.35,
        margin: 0.55,
        refund: 0.05,
        weight: 1.3,
    },
    Category {
        name: "Glassware & Mugs",
        code: "GLM",
        digits: false,
        nouns: &[
            "Tumbler",
            "Wine Glass",
            "Water Jug",
            "Coffee Mug",
            "Tea Glass",
            "Carafe",
            "Champagne Coupe",
            "Beaker",
        ],
        variants: SETS,
        option: "Pack",
        variety: 0.6,
        step: 1.6,
        price: 15.0,
        spread: 0.3,
        margin: 0.56,
        refund: 0.06,
        weight: 1.2,
    },
    Category {
        name: "Kitchen Tools",
        code: "KTL",
        digits: false,
        nouns: &[
            "Whisk",
            "Spatula",
            "Ladle",
            "Salt & Pepper Mill",
            "Measuring Spoons",
            "Box Grater",
            "Garlic Press",
            "Kitchen Scale",
        ],
        variants: COLOURS,
        option: "Colour",
        variety: 0.3,
        step: 1.0,
        price: 16.0,
        spread: 0.4,
        margin: 0.58,
        refund: 0.02,
        weight: 1.4,
    },
    Category {
        name: "Coffee & Tea",
        code: "CFT",
        digits: false,
        nouns: &[
            "Pour-Over Set",
            "French Press",
            "Moka Pot",
            "Teapot",
            "Burr Grinder",
            "Milk Frother",
            "Kettle",
            "Tea Infuser",
        ],
        variants: SIZES,
        option: "Size",
        variety: 0.3,
        step: 1.25,
        price: 34.0,
        spread: 0.45,
        margin: 0.44,
        refund: 0.04,
        weight: 1.1,
    },
    Category {
        name: "Storage & Pantry",
        code: "STP",
        digits: true,
        nouns: &[
            "Storage Jar",
            "Bread Bin",
            "Spice Rack",
            "Lunch Box",
            "Pantry Basket",
            "Cereal Container",
            "Oil Bottle",
            "Canister",
        ],
        variants: SIZES,
        option: "Size",
        variety: 0.7,
        step: 1.3,
        price: 17.0,
        spread: 0.35,
        margin: 0.54,
        refund: 0.025,
        weight: 1.0,
    },
    Category {
        name: "Kitchen Textiles",
        code: "KTX",
        digits: false,
        nouns: &[
            "Tea Towel",
            "Apron",
            "Oven Glove",
            "Pot Holder",
            "Dish Cloth",
            "Bread Bag",
            "Produce Bag",
            "Trivet Mat",
        ],
        variants: COLOURS,
        option: "Colour",
        variety: 0.7,
        step: 1.0,
        price: 14.0,
        spread: 0.3,
        margin: 0.62,
        refund: 0.03,
        weight: 0.9,
    },
    Category {
        name: "Table Linen",
        code: "TLN",
        digits: false,
        nouns: &[
            "Tablecloth",
            "Table Runner",
            "Napkins",
            "Placemat",
            "Coaster",
            "Linen Basket Liner",
            "Chair Pad",
            "Bench Throw",
        ],
        variants: COLOURS,
        option: "Colour",
        variety: 0.7,
        step: 1.0,
        price: 24.0,
        spread: 0.4,
        margin: 0.6,
        refund: 0.055,
        weight: 0.7,
    },
    Category {
        name: "Bed & Bath",
        code: "BNB",
        digits: false,
        nouns: &[
            "Bath Towel",
            "Hand Towel",
            "Bath Mat",
            "Duvet Cover",
            "Pillowcase",
            "Throw Blanket",
            "Soap Dish",
            "Laundry Basket",
        ],
        variants: COLOURS,
        option: "Colour",
        variety: 0.8,
        step: 1.0,
        price: 33.0,
        spread: 0.5,
        margin: 0.52,
        refund: 0.09,
        weight: 0.9,
    },
    Category {
        name: "Lighting & Candles",
        code: "LTC",
        digits: false,
        nouns: &[
            "Table Lamp",
            "Scented Candle",
            "Pillar Candle",
            "Lantern",
            "Candle Holder",
            "Tealight Glass",
            "Wall Light",
            "Pendant Shade",
        ],
        variants: SIZES,
        option: "Size",
        variety: 0.4,
        step: 1.35,
        price: 29.0,
        spread: 0.5,
        margin: 0.57,
        refund: 0.045,
        weight: 0.8,
    },
    Category {
        name: "Home Decor",
        code: "HDC",
        digits: false,
        nouns: &["Vase", "Picture Frame", "Wall Mirror", "Plant Pot", "Bookend", "Tray", "Wall Clock", "Magazine Rack"],
        variants: SIZES,
        option: "Size",
        variety: 0.5,
        step: 1.35,
        price: 31.0,
        spread: 0.5,
        margin: 0.58,
        refund: 0.065,
        weight: 0.8,
    },
];

/// Product series, which serve as brands. An odd number: walking through these and the eight nouns of a category side by
/// side, each meets each before any pair comes again.
pub const SERIES: &[&str] = &[
    "Alder", "Basalt", "Cove", "Dune", "Ember", "Fern", "Granite", "Harbor", "Inlet", "Juniper", "Kelp", "Larch",
    "Meadow", "Nimbus", "Orchard", "Pebble", "Quarry", "Ridge", "Sage", "Thicket", "Umber", "Vale", "Willow", "Yarrow",
    "Zephyr", "Birch", "Cedar", "Drift", "Estuary", "Foxglove", "Glen",
];

/// Where customers live.
#[derive(Debug, PartialEq)]
pub struct Region {
    /// ISO 3166 code.
    pub code: &'static str,
    /// Country in words.
    pub country: &'static str,
    /// State or province code; blank where the country has none.
    pub province: &'static str,
    /// State or province in words.
    pub province_name: &'static str,
    /// City.
    pub city: &'static str,
    /// Postal code.
    pub zip: &'static str,
    /// Tax on top of prices, hundredths of a percent.
    pub tax: i64,
    /// Shipping, minor units.
    pub shipping: i64,
    /// Share of customers, relative to the others.
    pub weight: f64,
}

/// The regions the shop sells to. One postal code begins with a zero.
pub const REGIONS: &[Region] = &[
    region(["US", "United States", "NY", "New York", "Albany", "12207"], [800, 695], 0.30),
    region(["US", "United States", "MA", "Massachusetts", "Boston", "02108"], [625, 695], 0.16),
    region(["US", "United States", "CA", "California", "Sacramento", "95814"], [875, 895], 0.24),
    region(["CA", "Canada", "ON", "Ontario", "Toronto", "M5H 2N2"], [1_300, 1_295], 0.10),
    region(["GB", "United Kingdom", "", "", "Leeds", "LS1 1UR"], [2_000, 1_495], 0.09),
    region(["DE", "Germany", "", "", "Kassel", "34117"], [1_900, 1_495], 0.07),
    region(["AU", "Australia", "VIC", "Victoria", "Melbourne", "3000"], [1_000, 1_695], 0.04),
];

const fn region(texts: [&'static str; 6], [tax, shipping]: [i64; 2], weight: f64) -> Region {
    let [code, country, province, province_name, city, zip] = texts;
    Region { code, country, province, province_name, city, zip, tax, shipping, weight }
}
