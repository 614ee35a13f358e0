//! What figures take over from earlier sentences.

use super::*;
use crate::fact::TimeSource;

#[test]
fn an_event_is_told_on_in_the_next_sentence() {
    let mut memory = TimeMemory::default();
    dated("Vào ngày 30/7/1945, tàu bị đánh chìm.", &mut memory);
    let found = dated("Hậu quả là «5%» thủy thủ mất tích.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().start, Some(date(1945, 7, 30)));
    let mut memory = TimeMemory::default();
    dated("Vào ngày 30/7/1945, tàu bị đánh chìm.", &mut memory);
    assert!(dated("Cả nước có «5%» tàu như vậy.", &mut memory)[0].time.is_none());
}

#[test]
fn figures_as_of_a_day_are_continued_on_dated_pages_too() {
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    dated("Tính đến ngày 19/4, tỷ lệ nợ là «8%».", &mut memory);
    let next = dated("Nợ xấu là «1%».", &mut memory);
    assert_eq!(next[0].time.as_ref().unwrap().start, Some(date(2021, 4, 19)));
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    dated("Đến nay, tỷ lệ nợ là «8%».", &mut memory);
    let next = dated("Nợ xấu là «1%».", &mut memory);
    assert_eq!(next[0].time.as_ref().unwrap().source, TimeSource::Document);
}

#[test]
fn since_then_begins_with_what_was_spoken_of_last() {
    let mut memory = TimeMemory::default();
    dated("Dự án khởi động từ tháng 5/2014.", &mut memory);
    let found = dated("Từ đó đến nay, «5%» hộ đã chuyển đi.", &mut memory);
    let time = found[0].time.as_ref().unwrap();
    assert_eq!((time.start, time.end, time.role), (Some(date(2014, 5, 1)), None, TimeRole::Since));
}

#[test]
fn the_day_at_the_head_of_an_entry_holds_for_it() {
    let mut memory = TimeMemory::default();
    dated("• 2019-03-02 21:48 Đội nhà đổi chiến thuật.", &mut memory);
    let found = dated("Họ giữ bóng «60%» thời gian.", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().start, Some(date(2019, 3, 2)));
}

#[test]
fn undated_figures_continue_the_paragraph_or_take_the_date_of_the_page() {
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    dated("Năm 2020, lãi đạt «8%».", &mut memory);
    let next = dated("Nợ xấu là «1%».", &mut memory);
    assert_eq!(next[0].time.as_ref().unwrap().source, TimeSource::Context);
    memory.new_paragraph();
    let last = dated("Lãi suất là «6%».", &mut memory);
    assert_eq!(last[0].time.as_ref().unwrap().start, Some(date(2021, 4, 23)));
    assert_eq!(last[0].time.as_ref().unwrap().source, TimeSource::Document);
}

#[test]
fn what_came_next_is_not_dated_by_a_month() {
    let mut memory = TimeMemory::default();
    dated("Đầu tháng 3/2017, anh thuê «5%» khu đất.", &mut memory);
    assert!(dated("Sau đó anh dựng «6%» số lều.", &mut memory)[0].time.is_none());
}

#[test]
fn what_is_compared_with_the_same_period_is_of_the_last_one_told() {
    let mut memory = TimeMemory::default();
    dated("Tin làng Vòng", &mut memory);
    dated("Trong 6 tháng đầu năm 2020, xã thu «3%».", &mut memory);
    memory.new_paragraph();
    dated("Huyện họp ngày 15/7/2020.", &mut memory);
    memory.new_paragraph();
    let found = dated("Lãi là «5%», tăng «7%»+ so với cùng kỳ năm trước; lúa là «9%».", &mut memory);
    let starts: Vec<_> = found.iter().map(|d| d.time.as_ref().and_then(|t| t.start)).collect();
    assert_eq!(starts, [Some(date(2020, 1, 1)), Some(date(2020, 1, 1)), None]);
    // Of another year than the stated one.
    let found = dated("Lỗ tăng «7%»+ so với cùng kỳ năm 2017.", &mut memory);
    assert_eq!(found[0].time, None);
}

#[test]
fn a_title_dates_what_nothing_else_does() {
    let day = |title: &str| {
        let mut memory = TimeMemory::default();
        dated(title, &mut memory);
        memory.new_paragraph();
        dated("Lãi suất là «5%».", &mut memory)[0].time.as_ref().and_then(|time| time.start)
    };
    assert_eq!(day("Lãi suất ngày 7/2/2017: vẫn cao"), Some(date(2017, 2, 7)));
    // A period dates only what changed.
    assert_eq!(day("Chỉ số giá tháng 6/2017 giảm"), None);
    // An event is not what the page is of, nor is a plan.
    assert_eq!(day("Ngày 7/2/2017, hội mở"), None);
    assert_eq!(day("Hội chợ mở ngày 7/2/2017"), None);
    assert_eq!(day("Tinh hoa hội tụ ngày 7/2/2017"), None);
    assert_eq!(day("Hội sẽ mở trong tháng 6/2017"), None);
}

#[test]
fn that_time_is_the_one_spoken_of_last() {
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    dated("Năm 2007, làng có điện.", &mut memory);
    let then = dated("Khi đó, «5%» hộ dùng đèn dầu.", &mut memory);
    assert_eq!(then[0].time.as_ref().unwrap().start, Some(date(2007, 1, 1)));
    let mut memory = TimeMemory::new(Some(date(2021, 4, 23)));
    assert_eq!(dated("Khi đó, «5%» hộ dùng đèn dầu.", &mut memory)[0].time, None);
}
