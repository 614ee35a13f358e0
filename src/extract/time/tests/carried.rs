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
