//! Tests of the whole: a suite of expressions, which time governs which figure, and any text at all.

mod carried;
mod lists;
mod own;
mod years;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::extract::mention::Mention;
use crate::extract::sentence::Sentence;
use crate::fact::{Kind, TimeRole};

static RULES: LazyLock<TimeRules> = LazyLock::new(|| TimeRules::compile(&RuleSources::builtin()).unwrap());

#[test]
fn expressions_mean_what_news_means_by_them() {
    let suite = include_str!("../../../../fixtures/dates/suite.tsv");
    for line in suite.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let day = |i: usize| columns[i].parse::<Date>().unwrap();
        let mut memory = TimeMemory::new(Some(day(1)));
        let found = RULES.read(columns[0], &mut memory);
        let right = matches!(found.as_slice(), [one] if one.resolved.map(|r| r.interval) == Some(Interval::new(day(2), day(3))));
        assert_eq!(right, columns.len() == 4, "{line}: {found:?}");
    }
}

/// Dates the figures between `«` and `»`; one in `«…»+` is a change.
fn dated(text: &str, memory: &mut TimeMemory) -> Vec<Dating<'static>> {
    let (mut plain, mut mentions) = (String::new(), Vec::new());
    for (i, piece) in text.split(['«', '»']).enumerate() {
        let is_change = piece.starts_with('+');
        if is_change && let Some(Mention { is_change, .. }) = mentions.last_mut() {
            *is_change = true;
        }
        let start = plain.len();
        plain.push_str(piece.strip_prefix('+').unwrap_or(piece));
        if i % 2 == 1 {
            mentions.push(Mention::bare(start..plain.len(), Kind::Percentage));
        }
    }
    let plain: &'static str = plain.leak();
    let mut times = Vec::new();
    RULES.find(plain, &mut times);
    let sentence = Sentence { text: plain, tokens: Vec::new() };
    RULES.date(&Scene { sentence: &sentence, mentions: &mentions, times: &times, entities: &[] }, memory)
}

fn years(text: &str) -> Vec<Option<i16>> {
    let mut memory = TimeMemory::default();
    dated(text, &mut memory).iter().map(|d| d.time.as_ref()?.start.map(Date::year)).collect()
}

#[test]
fn what_precedes_an_expression_is_not_remembered_of_what_it_is() {
    let spans = |text| {
        let mut times = Vec::new();
        RULES.find(text, &mut times);
        times.into_iter().map(|time| time.span).collect::<Vec<_>>()
    };
    // What the frame must not stand behind, with the same bytes as where it is a frame.
    assert!(spans("ngành xây dựng năng động nhất").is_empty());
    let home = "nhà ".len();
    let built = home..home + "xây dựng năm 2021".len();
    assert_eq!(spans("nhà xây dựng năm 2021 rộng"), std::slice::from_ref(&built));
}

#[test]
fn a_quotation_mark_hides_no_time() {
    let mut times = Vec::new();
    for words in ["Đến cuối năm 2016", "đến năm 2025", "Đến nay", "Cuối năm 2012", "Tháng 3/2019"]
    {
        RULES.find(&format!("“{words}, có 5 điểm”"), &mut times);
        assert_eq!(times.first().map(|time| time.span.clone()), Some(3..3 + words.len()), "{words}");
    }
}

#[test]
fn the_level_that_a_change_began_from_is_of_no_stated_time() {
    assert_eq!(years("Năm 2019, tỷ lệ tăng từ «4%» lên «5%»."), [None, Some(2019)]);
    assert_eq!(
        years("Năm 2019, tỷ lệ tăng từ «4%» năm 2018 lên «5%», nợ «6%»."),
        [Some(2018), Some(2019), Some(2019)]
    );
    assert_eq!(years("Tỷ lệ tăng từ «4%» năm 2018 lên «5%» năm 2019."), [Some(2018), Some(2019)]);
}

#[test]
fn the_time_of_an_event_ends_with_its_part_of_the_sentence() {
    assert_eq!(years("Đợt đầu «4%», mở màn vào năm 2022; đợt sau «5%»."), [Some(2022), None]);
    assert_eq!(years("Năm 2022: đợt đầu «4%»; đợt sau «5%»."), [Some(2022), Some(2022)]);
}

#[test]
fn figures_of_a_list_share_the_time_behind_it() {
    assert_eq!(years("Ba nước đạt «4%»; «5%» và «6%» trong năm 2021."), [Some(2021); 3]);
}

#[test]
fn what_is_in_parentheses_behind_a_beginning_is_of_that_unit() {
    let mut memory = TimeMemory::default();
    let found = dated("Lãi giảm từ năm 2018 («5%»).", &mut memory);
    let time = found[0].time.as_ref().unwrap();
    assert_eq!((time.end, time.role), (Some(date(2018, 12, 31)), TimeRole::During));
}

#[test]
fn a_leading_time_governs_until_another_comes() {
    assert_eq!(years("Năm 2018 lãi «3%», nợ «4%»; năm 2019 lãi «5%»."), [Some(2018), Some(2018), Some(2019)]);
    assert_eq!(years("Tỷ lệ tăng từ «3%» năm 2018 lên «9%» năm 2021."), [Some(2018), Some(2021)]);
    assert_eq!(
        years("Năm 2020 đạt «65%» (năm 2018 chỉ là «3%»), vượt «2%»."),
        [Some(2020), Some(2018), Some(2020)]
    );
}

#[test]
fn what_is_compared_with_is_the_base() {
    let mut memory = TimeMemory::default();
    let found =
        dated("Tháng 6/2020, tỷ lệ là «14%», tăng «7%»+ so với cùng kỳ năm trước («7%»).", &mut memory);
    let base = found[1].base.as_ref().unwrap();
    assert_eq!(base.text, "cùng kỳ năm trước");
    assert_eq!((base.start, base.end), (Some(date(2019, 6, 1)), Some(date(2019, 6, 30))));
    let starts: Vec<_> = found.iter().map(|d| d.time.as_ref().unwrap().start).collect();
    assert_eq!(starts, [Some(date(2020, 6, 1)), Some(date(2020, 6, 1)), Some(date(2019, 6, 1))]);
}

#[test]
fn what_turns_the_clause_keeps_a_time_from_the_figure_before() {
    assert_eq!(years("Giá vải là «5%» thì đến năm 2021 còn «3%»."), [None, Some(2021)]);
    assert_eq!(years("Tiến độ đạt «45%», phấn đấu hoàn tất trong năm 2030."), [None]);
    assert_eq!(years("Năm 2010 thu «5%», hiện còn «3%»."), [Some(2010), None]);
    assert_eq!(years("Năm 2016, theo tin của hãng, công ty hiện có nợ «5%»."), [Some(2016)]);
    assert_eq!(years("Tàu do xưởng Hòa Bình đóng năm 1978 chở «3%» hàng."), [None]);
}

#[test]
fn a_clause_that_says_since_when_dates_what_follows() {
    let mut memory = TimeMemory::default();
    let found = dated("Kể từ khi mở cửa năm 2014, số vụ tăng «5%».", &mut memory);
    let time = found[0].time.as_ref().unwrap();
    assert_eq!((time.start, time.end, time.role), (Some(date(2014, 1, 1)), None, TimeRole::Since));
}

#[test]
fn parentheses_explain_the_time_before_them() {
    assert_eq!(years("Trong 4 năm trước đây (2009 - 2013), đội chi «5%»."), [Some(2009)]);
    let mut memory = TimeMemory::default();
    let found = dated("Dịp Tết Đinh Dậu 2017 (từ 26/1 - 1/2), có «5%» vụ.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().end, Some(date(2017, 2, 1)));
}

#[test]
fn the_same_period_is_always_that_of_the_figure_itself() {
    let text =
        "Đến 15/1/2017 cấy «5%», bằng «96%» cùng kỳ năm trước; phía nam bằng «95%», phía bắc bằng «97%».";
    assert_eq!(years(text), [Some(2017); 4]);
    assert_eq!(years("Đạt «96%» kế hoạch năm."), [None]);
    assert_eq!(years("Lãi vượt «5%» so với kế hoạch quý 1/2021."), [Some(2021)]);
}

#[test]
fn before_a_feast_ends_with_its_eve() {
    let mut memory = TimeMemory::default();
    let found = dated("Trước Tết Đinh Dậu 2017, «5%» đàn bò bị rét.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().end, Some(date(2017, 1, 27)));
}

#[test]
fn before_a_year_ends_with_its_eve() {
    let days = |text: &str| {
        let found = dated(text, &mut TimeMemory::default());
        let time = found[0].time.clone().unwrap();
        (time.start, time.end, time.role)
    };
    let eve = Some(date(2012, 12, 31));
    assert_eq!(days("Trước năm 2013, «5%» số hộ có giếng."), (None, eve, TimeRole::By));
    // A deadline is the day itself.
    let day = Some(date(2013, 6, 30));
    assert_eq!(days("Trước ngày 30/6/2013, «5%» số hộ phải nộp thuế."), (day, day, TimeRole::By));
}

#[test]
fn from_now_on_begins_with_the_day_of_writing() {
    let mut memory = TimeMemory::new(Some(date(2021, 11, 4)));
    let time = dated("Từ nay đến hết quý I, xã trồng «9 ha» rừng.", &mut memory)[0].time.clone().unwrap();
    let days = (Some(date(2021, 11, 4)), Some(date(2022, 3, 31)));
    assert_eq!(((time.start, time.end), time.role), (days, TimeRole::During));
    // What lies ahead says nothing of what is.
    let found = dated("Xã có «9 ha» rừng, «5 ha» vườn.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().role, TimeRole::AsOf);
    // Without that day it is only the end.
    let found = dated("Từ nay đến năm 2025, xã trồng «9 ha» rừng.", &mut TimeMemory::default());
    let time = found[0].time.as_ref().unwrap();
    assert_eq!((time.start, time.role), (Some(date(2025, 1, 1)), TimeRole::AsOf));
}

#[test]
fn a_day_is_no_period_that_another_year_has() {
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    let found = dated("Hiện nay lượng điện đạt «5 kWh», tăng «2%» so với cùng kỳ năm trước.", &mut memory);
    let base = found[1].base.as_ref().unwrap();
    assert_eq!((base.start, base.end), (None, None));
}

#[test]
fn what_comes_back_every_year_has_no_days() {
    for text in [
        "Vào mỗi mùng 2 Tết, làng mở hội.",
        "Hằng năm, cứ đến tháng 7, nước lên.",
        "Tháng 7-8 là thời điểm nóng nhất.",
        "Sen nở một mùa trong năm, từ tháng 5 đến tháng 7.",
        "Các kỳ nghỉ như Giáng sinh đều đông khách.",
    ] {
        let found = RULES.read(text, &mut TimeMemory::new(Some(date(2021, 4, 23))));
        assert!(!found.is_empty() && found.iter().all(|t| t.resolved.is_none()), "{text}: {found:?}");
    }
    assert_eq!(years("Tháng 7 năm 2020 là thời điểm nóng nhất, với «5%» ngày mưa."), [Some(2020)]);
}

#[test]
fn a_trade_tells_no_origin() {
    assert_eq!(years("Theo báo giá vật liệu xây dựng quý 1/2017, cát tăng «5%»."), [Some(2017)]);
    assert_eq!(years("Ngôi đình xây dựng năm 1917 có «5%» cột nứt."), [None]);
}

/// First days of what is told on a page of `today`, one sentence a text.
fn starts(today: Date, texts: &[&str]) -> Vec<Option<Date>> {
    let mut memory = TimeMemory::new(Some(today));
    let mut found = Vec::new();
    for text in texts {
        found.extend(dated(text, &mut memory).iter().map(|d| d.time.as_ref().and_then(|t| t.start)));
    }
    found
}

#[test]
fn a_name_before_a_birth_is_no_word() {
    assert_eq!(years("Ông Trần Văn Nam sinh năm 1960, góp «5%» vốn."), [None]);
    assert_eq!(years("Học sinh năm 2019 chiếm «5%»."), [Some(2019)]);
}

#[test]
fn what_was_done_in_a_period_is_counted_in_it() {
    assert_eq!(years("Số nhà hoàn thành năm 2019 chiếm «5%»."), [Some(2019)]);
    assert_eq!(years("Cây cầu dài hoàn thành năm 2019 đã hỏng «5%»."), [None]);
}

#[test]
fn a_part_of_what_another_year_had_is_of_the_year_before_it() {
    assert_eq!(years("Năm 2020, chi phí bằng «20%» doanh thu năm 2019."), [Some(2020)]);
    assert_eq!(years("Năm 2019, doanh số vượt đỉnh năm 2015 tới «20%»."), [Some(2019)]);
}

#[test]
fn only_levels_of_a_change_are_of_an_earlier_time() {
    assert_eq!(years("Năm 2019, tỷ lệ giảm từ «12%» xuống còn «5%»."), [None, Some(2019)]);
    assert_eq!(years("Năm 2019, mỗi vụ thu từ «2%» lên đến «5%»."), [Some(2019), Some(2019)]);
}

#[test]
fn the_recent_past_is_over_and_the_near_future_is_not() {
    assert_eq!(starts(date(2020, 6, 20), &["Hồi tháng 9, nợ là «2%»."]), [Some(date(2019, 9, 1))]);
    assert_eq!(starts(date(2020, 11, 20), &["Tháng 2 sắp tới, nợ là «2%»."]), [Some(date(2021, 2, 1))]);
}

#[test]
fn a_time_that_closes_its_part_of_a_sentence_is_that_of_its_figure() {
    let today = date(2021, 7, 5);
    assert_eq!(starts(today, &["Nợ là «2%», tính đến hết năm 2018."])[0].map(Date::year), Some(2018));
    let found = starts(today, &["Nợ là «2%», tính đến 19/6; lãi là «3%», tính đến 20/6."]);
    assert_eq!(found, [Some(date(2021, 6, 19)), Some(date(2021, 6, 20))]);
    assert_eq!(starts(today, &["Trước đây, nợ là «2%»."]), [None]);
    assert_eq!(starts(today, &["Lãi suất là «2%», kể từ ngày 1/3."]), [Some(date(2021, 3, 1))]);
}

#[test]
fn a_beginning_leads_what_is_told_behind_it() {
    assert_eq!(years("Ông cho biết từ năm 2001, «5%» số hộ đã bỏ nghề."), [Some(2001)]);
    assert_eq!(years("Ông ở đây từ năm 2001, «5%» số hộ đã bỏ nghề."), [None]);
}

#[test]
fn the_time_of_a_source_in_parentheses_is_that_of_the_figure() {
    assert_eq!(years("Có «5%» hộ bỏ nghề (theo thống kê năm 2016)."), [Some(2016)]);
    assert_eq!(years("Có «5%» hộ bỏ nghề (nghề có từ năm 1960)."), [None]);
}

proptest! {
    #[test]
    fn any_text_is_read_in_order_and_without_overlap(text in r"(?:[ ,.()/–-]|[0-9]{1,4}|ngày|tháng|năm|quý|đến|từ|Tết|cùng kỳ|so với|\PC){0,40}") {
        let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
        let found = RULES.read(&text, &mut memory);
        let mut end = 0;
        for one in found {
            prop_assert!(one.time.span.start >= end && one.time.span.end > one.time.span.start);
            end = one.time.span.end;
            if let Some(Interval { first: Some(first), last: Some(last) }) = one.resolved.map(|r| r.interval) {
                prop_assert!(first <= last, "{}", one.text);
            }
        }
    }
}
