//! The icons in use, named by what they mean here. Outlined; filled for the current page and for states.

use egui_material_icons::icons as m;

/// An icon of the icon font.
pub type Icon = egui_material_icons::MaterialIcon;

macro_rules! icons {
    ($($name:ident = $glyph:ident $style:ident;)*) => {
        $(#[allow(missing_docs, reason = "the name says it")] pub const $name: Icon = m::$glyph.$style();)*
    };
}

icons! {
    ACTIONS = ICON_BOLT outlined;
    ADD = ICON_ADD outlined;
    ANSWERED = ICON_CHECK_CIRCLE filled;
    ARCHIVE = ICON_ARCHIVE outlined;
    ARRANGE = ICON_DASHBOARD_CUSTOMIZE outlined;
    ARROW_DOWN = ICON_ARROW_DOWNWARD outlined;
    ARROW_RIGHT = ICON_ARROW_FORWARD outlined;
    ARROW_UP = ICON_ARROW_UPWARD outlined;
    ATTRIBUTION = ICON_SHARE outlined;
    BACK = ICON_ARROW_BACK outlined;
    BLANK = ICON_NOTE_ADD outlined;
    BUILDER = ICON_FILTER_ALT outlined;
    BUY_GET = ICON_ADD_SHOPPING_CART outlined;
    CALENDAR = ICON_CALENDAR_TODAY outlined;
    CAMPAIGNS = ICON_CAMPAIGN outlined;
    CHECK = ICON_CHECK outlined;
    CHEVRON_DOWN = ICON_KEYBOARD_ARROW_DOWN outlined;
    CHEVRON_LEFT = ICON_KEYBOARD_ARROW_LEFT outlined;
    CHEVRON_RIGHT = ICON_CHEVRON_RIGHT outlined;
    CHEVRON_UP = ICON_KEYBOARD_ARROW_UP outlined;
    CLAIMS = ICON_FACT_CHECK outlined;
    CLOSE = ICON_CLOSE outlined;
    CODE = ICON_CONFIRMATION_NUMBER outlined;
    COHORTS = ICON_GRID_ON outlined;
    COMMENT = ICON_CHAT_BUBBLE outlined;
    COMPARE = ICON_COMPARE_ARROWS outlined;
    COPY = ICON_CONTENT_COPY outlined;
    DARK = ICON_DARK_MODE outlined;
    DATA = ICON_DATABASE outlined;
    DEFINITIONS = ICON_RULE outlined;
    DELETE = ICON_DELETE outlined;
    DISCOUNT = ICON_PERCENT outlined;
    DOCUMENT = ICON_DESCRIPTION outlined;
    DOWNLOAD = ICON_DOWNLOAD outlined;
    DROP = ICON_UPLOAD_FILE outlined;
    EDIT = ICON_EDIT outlined;
    ERROR = ICON_ERROR filled;
    EXCLAMATION = ICON_PRIORITY_HIGH outlined;
    EXPERIMENTS = ICON_SCIENCE outlined;
    EXPLAIN = ICON_DIFFERENCE outlined;
    EYE = ICON_VISIBILITY outlined;
    FILE = ICON_DRAFT outlined;
    FOLDER = ICON_FOLDER_OPEN outlined;
    FORECAST = ICON_TRENDING_UP outlined;
    FRAMEWORK = ICON_ARTICLE outlined;
    GIFT = ICON_REDEEM outlined;
    HELP = ICON_HELP outlined;
    HISTORY = ICON_HISTORY outlined;
    HOURGLASS = ICON_HOURGLASS_EMPTY outlined;
    IMPORTS = ICON_UPLOAD_FILE outlined;
    INFO = ICON_INFO filled;
    JOURNEY = ICON_MAP outlined;
    KPIS = ICON_MONITORING outlined;
    LATEST = ICON_UPDATE outlined;
    LIFETIME = ICON_DIAMOND outlined;
    LIGHT = ICON_LIGHT_MODE outlined;
    LINK = ICON_LINK outlined;
    LOCK = ICON_LOCK outlined;
    MARKETING_PLAN = ICON_CHECKLIST outlined;
    MEDIA = ICON_SSID_CHART outlined;
    MEMBERS = ICON_GROUP outlined;
    MISSING = ICON_LINK_OFF outlined;
    MONEY = ICON_PAYMENTS outlined;
    MORE = ICON_MORE_HORIZ outlined;
    MOVEMENT = ICON_MOVING outlined;
    NOTICES = ICON_NOTIFICATIONS outlined;
    OPEN = ICON_RADIO_BUTTON_UNCHECKED outlined;
    PATHS = ICON_CONVERSION_PATH outlined;
    PERSON = ICON_PERSON outlined;
    PIN = ICON_PUSH_PIN outlined;
    PLANNER = ICON_CALENDAR_MONTH outlined;
    PRODUCT_PLAN = ICON_FLAG outlined;
    QUESTION = ICON_HELP_CENTER filled;
    QUIT = ICON_LOGOUT outlined;
    RANGE = ICON_ARROW_RANGE outlined;
    REDO = ICON_REDO outlined;
    REFRESH = ICON_REFRESH outlined;
    RESET = ICON_RESTART_ALT outlined;
    RESULTS = ICON_MARK_EMAIL_READ outlined;
    RFM = ICON_APPS outlined;
    ROI = ICON_CALCULATE outlined;
    SALE_RESULTS = ICON_MONITORING outlined;
    SAMPLE = ICON_DEPLOYED_CODE outlined;
    SAVED = ICON_CHECK_CIRCLE outlined;
    SEARCH = ICON_SEARCH outlined;
    SEGMENTS = ICON_PIE_CHART outlined;
    SEQUENCES = ICON_OUTGOING_MAIL outlined;
    SETTINGS = ICON_SETTINGS outlined;
    SHIPPING = ICON_LOCAL_SHIPPING outlined;
    SHOP = ICON_STOREFRONT outlined;
    TABLE = ICON_TABLE outlined;
    THEME = ICON_CONTRAST outlined;
    TIP = ICON_LIGHTBULB outlined;
    UNDO = ICON_UNDO outlined;
    UNFOLD = ICON_UNFOLD_MORE outlined;
    WARNING = ICON_WARNING filled;
    ZOOM_IN = ICON_ZOOM_IN outlined;
    ZOOM_OUT = ICON_ZOOM_OUT outlined;
}
