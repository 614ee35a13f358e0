//! The year of what states none.

use super::*;

/// The days that the times of a page's sentences stand for.
fn days(published: Option<Date>, sentences: &[&str]) -> Vec<Option<Date>> {
    let mut memory = TimeMemory::new(published);
    let read = |text: &&str| RULES.read(text, &mut memory).iter().map(|t| t.resolved).collect::<Vec<_>>();
    let found: Vec<Option<Resolved>> = sentences.iter().flat_map(read).collect();
    found.into_iter().map(|found| found?.interval.first).collect()
}

#[test]
fn what_states_no_year_has_that_of_what_was_told_near_it() {
    let told = "Ngày 3/4/2015, làng mở hội.";
    let day = |text| days(None, &[told, text])[1];
    assert_eq!(day("Ngày 9/4, hội tan."), Some(date(2015, 4, 9)));
    assert_eq!(day("Ngày 9/11, làng họp."), None);
    assert_eq!(days(None, &["Ngày 30/12/2015, làng họp.", "Ngày 2/1, hội mở."])[1], Some(date(2016, 1, 2)));
    let (first_half, third) = ("Tính đến nửa đầu năm, hội thu 3 tỷ.", "Ngày 3/12/2015, làng họp.");
    assert_eq!(days(None, &[third, first_half])[1], None);
    // Plans and other years that are only compared with tell nothing.
    assert_eq!(days(None, &["Sang năm 2015 mới xong.", "Trong tháng 3, giá giảm."])[1], None);
    // Where the day of writing is known, days near it are of the news.
    let today = Some(date(2016, 4, 20));
    assert_eq!(days(today, &[told, "Ngày 9/4, hội tan."])[1], Some(date(2016, 4, 9)));
    let old = "Ngày 3/9/2015, làng mở hội.";
    assert_eq!(days(today, &[old, "Ngày 9/9, hội tan."])[1], Some(date(2015, 9, 9)));
}

#[test]
fn a_day_has_the_year_of_one_near_it_that_the_page_states_further_on() {
    let first_day = |sentences: &[&str]| {
        let mut memory = TimeMemory::default();
        for text in sentences {
            RULES.look_ahead(text, &mut memory);
        }
        let found = RULES.read(sentences[0], &mut memory);
        found[0].resolved.and_then(|found| found.interval.first)
    };
    let day = "Sáng 7/5, xe khách lật ở đèo.";
    assert_eq!(first_day(&[day, "Tài xế rời bến tối 6/5/2017."]), Some(date(2017, 5, 7)));
    assert_eq!(first_day(&[day, "Xe được kiểm định ngày 6/2/2017."]), None);
    // What is recalled, or begins to hold, is of another time.
    let recalled = "Nhóm này khai từng cướp xe ngày 10/5/2012.";
    assert_eq!(first_day(&[day, recalled]), None);
    assert_eq!(
        first_day(&["Sáng 7/5, làng kỷ niệm ngày thắng trận.", "Trận đánh kết thúc ngày 7/5/1954."]),
        None
    );
    // An old day is what the news recalls.
    assert_eq!(first_day(&[day, "Ngày 7/5/1954, trận đánh kết thúc.", "Năm 2017, đèo được mở rộng."]), None);
}

/// The years of the times of the last sentence of a page without a date, as far as the page as a whole tells them.
fn years_at_the_end(sentences: &[&str]) -> Vec<Option<i16>> {
    let mut memory = TimeMemory::default();
    for text in sentences {
        RULES.look_ahead(text, &mut memory);
    }
    let last = sentences.last().copied().unwrap_or_default();
    let year = |resolved: Option<Resolved>| Some(resolved?.interval.first?.year());
    RULES.read(last, &mut memory).iter().map(|time| year(time.resolved)).collect()
}

#[test]
fn a_page_about_an_edition_was_written_in_its_year() {
    let news =
        ["Làng mở hội.", "Khách đến đông.", "Xe kẹt ở cầu.", "Trời nắng.", "Năm nay đông, năm ngoái vắng."];
    let with = |at: usize, text| {
        let mut page = news;
        page[at] = text;
        years_at_the_end(&page)
    };
    let (known, unknown) = (vec![Some(2017), Some(2016)], vec![None, None]);
    assert_eq!(with(0, "Khai hội xuân Yên Bình 2017"), known);
    assert_eq!(with(1, "Hội xuân Yên Bình 2017 đông khách."), known);
    assert_eq!(with(1, "Luật Du lịch nói rõ."), unknown);
    // So is one whose title states no other year, if it says that one again, or the one before.
    let titled =
        |title, again| years_at_the_end(&[title, again, "Xe kẹt ở cầu.", "Năm nay đông, năm ngoái vắng."]);
    assert_eq!(titled("Mùa màng ở Yên Bình năm 2017", "Năm 2016, làng đón 30 khách."), known);
    assert_eq!(titled("Tượng dựng năm 2003 đã nứt", "Tượng cao nhất làng."), unknown);
    assert_eq!(with(1, "Mùa màng ở Yên Bình năm 2017."), unknown);
    // Named late and once, behind a word that no edition has, or before a later year that the page speaks of.
    assert_eq!(
        years_at_the_end(&["Một", "Hai", "Ba", "Bốn", "Hội xuân Yên Bình 2017 vắng trong ngày 9/2."]),
        [None]
    );
    assert_eq!(with(0, "Khai hội vòng loại World Cup 2018"), unknown);
    assert_eq!(with(0, "Khai hội xuân Yên Bình 2017, năm 2018 nghỉ"), unknown);
    assert_eq!(years_at_the_end(&["Khai hội xuân Yên Bình 2017", "Ngày 9/2, khách đến đông."]), [Some(2017)]);
}

#[test]
fn a_page_that_reports_months_was_written_in_their_year() {
    let page = |report| years_at_the_end(&["Làng được mùa.", report, "Trong tháng 9, giá chè tăng."]);
    assert_eq!(page("Doanh thu 9 tháng năm 2020 tăng, năm 2021 làng trồng thêm."), [Some(2020)]);
    assert_eq!(page("Doanh thu năm 2020 tăng, năm 2021 làng trồng thêm."), [None]);
    assert_eq!(page("Doanh thu 9 tháng năm 2020 tăng, năm 2022 làng trồng thêm."), [None]);
}

#[test]
fn a_page_that_compares_with_the_same_months_was_written_in_the_year_behind_theirs() {
    let page = |compares| years_at_the_end(&[compares, "Làng được mùa.", "Trong tháng 9, giá chè tăng."]);
    assert_eq!(page("Giá tăng 15% so với cùng kỳ năm 2019."), [Some(2020)]);
    assert_eq!(page("Giá tăng 15% so với cùng kỳ năm 2019, năm 2021 còn tăng."), [None]);
    assert_eq!(page("Giá tăng 15% so với năm 2019."), [None]);
}

#[test]
fn stories_go_on_over_the_turn_of_the_year_on_dated_pages() {
    let found = starts(
        date(2020, 6, 20),
        &["Tháng 12/2019, nợ là «2%».", "Tháng 1, nợ là «3%».", "Tháng 4, nợ là «4%»."],
    );
    assert_eq!(found, [Some(date(2019, 12, 1)), Some(date(2020, 1, 1)), Some(date(2020, 4, 1))]);
    let found = starts(
        date(2021, 1, 15),
        &["Ngày 10/12/2019, nợ là «2%».", "Ngày 20/12, nợ là «3%».", "Ngày 20/1, nợ là «4%»."],
    );
    assert_eq!(found[2], Some(date(2020, 1, 20)));
}

#[test]
fn this_year_is_the_one_that_the_page_dates_days_to() {
    let mut memory = TimeMemory::default();
    dated("Ngày 9/5/2017, đoàn diễu hành.", &mut memory);
    let found = dated("Năm ngoái có «5%» đơn vị.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().start, Some(date(2016, 1, 1)));
}
