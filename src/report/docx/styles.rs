//! The parts that say how text looks: styles by their usual names, so that Word's own commands know them.

use super::package::{DECLARATION, NAMESPACES};

/// Font of the text. The bundled one is on no other computer; this one is in Word, and programs that lack it have one
/// of the same widths.
const FONT: &str = "Calibri";
/// Font of scripts that are written from right to left.
const COMPLEX: &str = "Arial";
/// Font of Chinese, Japanese and Korean.
const EAST: &str = "Microsoft YaHei";

const STRONG: &str = "191A1D";
const TEXT: &str = "36383D";
const SUBDUED: &str = "62656B";

/// A paragraph style: id, name, what it is based on, properties of paragraph and of text.
struct Style {
    id: &'static str,
    name: &'static str,
    base: &'static str,
    paragraph: String,
    text: String,
}

fn style(id: &'static str, name: &'static str, paragraph: &str, text: &str) -> Style {
    Style { id, name, base: "Normal", paragraph: paragraph.into(), text: text.into() }
}

fn spacing(before: u32, after: u32, line: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"auto\"/>")
}

/// Size in half points, colour and weight.
fn letters(size: u32, colour: &str, bold: bool) -> String {
    let bold = if bold { "<w:b/><w:bCs/>" } else { "" };
    format!("{bold}<w:color w:val=\"{colour}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>")
}

/// `styles.xml`, with headings in the colour `accent` (six digits); `width` is that of the text in twentieths of a point.
pub fn styles(accent: &str, width: u32) -> String {
    let all: String = paragraphs(accent, width).iter().map(written).collect();
    format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{FONT}\" \
         w:eastAsia=\"{EAST}\" w:hAnsi=\"{FONT}\" w:cs=\"{COMPLEX}\"/>{}<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" \
         w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{}</w:pPr></w:style>{all}\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/>\
         <w:rPr><w:b w:val=\"0\"/><w:color w:val=\"{accent}\"/><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
         <w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>",
        letters(21, TEXT, false),
        spacing(0, 120, 276)
    )
}

fn paragraphs(accent: &str, width: u32) -> Vec<Style> {
    let heading = |level: u32, before: u32, after: u32| {
        format!("<w:keepNext/><w:keepLines/>{}<w:outlineLvl w:val=\"{}\"/>", spacing(before, after, 252), level - 1)
    };
    let leader = format!("<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{width}\"/></w:tabs>");
    let rule = |side: &str| {
        format!("<w:pBdr><w:{side} w:val=\"single\" w:sz=\"12\" w:space=\"6\" w:color=\"{accent}\"/></w:pBdr>")
    };
    let tight = spacing(0, 0, 240);
    let cell = spacing(40, 40, 240);
    let right = "<w:jc w:val=\"right\"/>";
    let ends = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs>{tight}");
    vec![
        style("Title", "Title", &format!("<w:keepNext/>{}", spacing(0, 120, 240)), &letters(52, accent, true)),
        style("Subtitle", "Subtitle", &spacing(0, 80, 264), &letters(24, SUBDUED, false)),
        style("Heading1", "heading 1", &heading(1, 480, 120), &letters(34, accent, true)),
        style("Heading2", "heading 2", &heading(2, 320, 100), &letters(26, accent, true)),
        style("Heading3", "heading 3", &heading(3, 240, 80), &letters(22, STRONG, true)),
        style(
            "TOCHeading",
            "TOC Heading",
            &format!("<w:keepNext/>{}{}", rule("bottom"), spacing(0, 240, 252)),
            &letters(34, accent, true),
        ),
        style("TOC1", "toc 1", &format!("{leader}{}", spacing(120, 40, 252)), &letters(21, STRONG, true)),
        style("TOC2", "toc 2", &format!("{leader}{}<w:ind w:left=\"280\"/>", spacing(0, 20, 252)), ""),
        style(
            "Caption",
            "caption",
            &format!("<w:keepNext/><w:keepLines/>{}", spacing(240, 80, 252)),
            &letters(20, STRONG, true),
        ),
        style(
            "Note",
            "Note",
            &format!(
                "{}<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F5F4F1\"/>{}<w:ind w:left=\"140\" w:right=\"140\"/>",
                rule("left"),
                spacing(80, 160, 264)
            ),
            &letters(20, TEXT, false),
        ),
        style(
            "ListBullet",
            "List Bullet",
            &format!("<w:numPr><w:numId w:val=\"1\"/></w:numPr>{}<w:contextualSpacing/>", spacing(0, 80, 264)),
            "",
        ),
        style("TableHead", "Table Head", &format!("<w:keepNext/>{cell}"), &letters(17, SUBDUED, true)),
        style(
            "TableHeadRight",
            "Table Head Right",
            &format!("<w:keepNext/>{cell}{right}"),
            &letters(17, SUBDUED, true),
        ),
        style("TableText", "Table Text", &cell, &letters(18, TEXT, false)),
        style("TableNumber", "Table Number", &format!("{cell}{right}"), &letters(18, TEXT, false)),
        style("TableTotal", "Table Total", &cell, &letters(18, STRONG, true)),
        style("TableTotalRight", "Table Total Right", &format!("{cell}{right}"), &letters(18, STRONG, true)),
        style("AfterTable", "After Table", &spacing(0, 60, 120), &letters(8, TEXT, false)),
        style("Figure", "Figure", &format!("<w:keepNext/>{}", spacing(0, 80, 240)), ""),
        style("FootnoteText", "footnote text", &tight, &letters(16, SUBDUED, false)),
        style("Header", "header", &ends, &letters(16, SUBDUED, false)),
        style("Footer", "footer", &ends, &letters(16, SUBDUED, false)),
    ]
}

fn written(style: &Style) -> String {
    let text = if style.text.is_empty() { String::new() } else { format!("<w:rPr>{}</w:rPr>", style.text) };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"{}\"/><w:qFormat/>\
         <w:pPr>{}</w:pPr>{text}</w:style>",
        style.id, style.name, style.base, style.paragraph
    )
}

/// `settings.xml`. A list of contents makes Word ask on opening whether it may fill in the page numbers.
pub fn settings(has_contents: bool) -> String {
    let update = if has_contents { "<w:updateFields w:val=\"true\"/>" } else { "" };
    format!(
        "{DECLARATION}<w:settings {NAMESPACES}><w:defaultTabStop w:val=\"720\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/>{update}<w:footnotePr><w:footnote w:id=\"-1\"/>\
         <w:footnote w:id=\"0\"/></w:footnotePr><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// `fontTable.xml`: what may stand in where the font is missing.
pub fn fonts() -> String {
    format!(
        "{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name=\"{FONT}\"><w:altName w:val=\"Carlito\"/>\
         <w:panose1 w:val=\"020F0502020204030204\"/><w:charset w:val=\"00\"/><w:family w:val=\"swiss\"/>\
         <w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    )
}

/// `numbering.xml`: the bullets of lists.
pub fn numbering() -> String {
    format!(
        "{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\">\
         <w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr>\
         <w:ind w:left=\"360\" w:hanging=\"240\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\">\
         <w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}
