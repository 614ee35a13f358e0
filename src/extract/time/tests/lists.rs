//! What lines of a list take of the line that opens it.

use super::*;

/// First days of what the lines of a page without a date tell, one sentence a line.
fn line_starts(lines: &[&str]) -> Vec<Option<Date>> {
    let mut memory = TimeMemory::default();
    let mut found = Vec::new();
    for line in lines {
        memory.new_paragraph();
        found.extend(dated(line, &mut memory).iter().map(|d| d.time.as_ref().and_then(|t| t.start)));
    }
    found
}

#[test]
fn a_line_that_opens_a_list_dates_its_items() {
    let second = Some(date(2020, 4, 1));
    let head = "Doanh thu các xưởng trong quý II/2020:";
    let marked = ["- Nova: «5%»", "• Lotus tăng, đạt «3%»"];
    assert_eq!(line_starts(&[head, marked[0], marked[1]]), [second; 2]);
    assert_eq!(line_starts(&["Kết quả quý II/2020 như sau:", "Nova: «5%»", "Lotus: «3%»"]), [second; 2]);
    // Whoever speaks opens no list.
    assert_eq!(line_starts(&["Ngày 5/6/2020, ông Nam cho biết:", "- Kho còn «5%» gạo."]), [None]);
}

#[test]
fn a_list_with_a_time_ends() {
    let second = Some(date(2020, 4, 1));
    let head = "Doanh thu các xưởng trong quý II/2020:";
    let item = "- Nova: «5%»";
    // Behind marks at a line without one, at another heading, and at a long line.
    assert_eq!(line_starts(&[head, item, "Nova nắm «12%» cổ phần."]), [second, None]);
    assert_eq!(line_starts(&[head, item, "Mức thuế hiện hành như sau:", "- Xăng: «10%»."]), [second, None]);
    let long = "Trong khi đó, các hộ ở phía bờ sông bên kia vẫn giữ cách làm cũ, và theo họ thì chỉ có «5%» số ruộng là phải bỏ hoang.";
    assert_eq!(line_starts(&[head, long]), [None]);
    // Without marks after some lines.
    let lines: Vec<&str> = std::iter::once(head).chain(std::iter::repeat_n("Nova: «5%»", 20)).collect();
    assert_eq!(line_starts(&lines).last(), Some(&None));
}

#[test]
fn a_short_line_opens_the_list_of_the_time_spoken_of_right_before() {
    let mut memory = TimeMemory::default();
    memory.new_paragraph();
    dated("Chúng tôi so các xưởng trong 3 tháng đầu năm 2021.", &mut memory);
    dated("Và đây là kết quả:", &mut memory);
    memory.new_paragraph();
    let found = dated("- Nova: «5%»", &mut memory);
    assert_eq!(found[0].time.as_ref().unwrap().start, Some(date(2021, 1, 1)));
}
