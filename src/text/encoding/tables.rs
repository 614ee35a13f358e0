//! The upper halves (80–FF) of the single-byte encodings, one string a row of sixteen.
//!
//! U+FFFD stands where nothing is defined.

/// A row for each high digit from 8 to F.
pub(super) type Upper = [&'static str; 8];

/// Windows code page 1252, which the fonts of VNI leave in place where they have no Vietnamese letter.
#[rustfmt::skip]
pub(super) const WINDOWS_1252: Upper = [
    "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}",
    "\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ",
    "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîï",
    "ðñòóôõö÷øùúûüýþÿ",
];

/// Windows code page 1258: base letters and combining tones.
#[rustfmt::skip]
pub(super) const WINDOWS_1258: Upper = [
    "€\u{fffd}‚ƒ„…†‡ˆ‰\u{fffd}‹Œ\u{fffd}\u{fffd}\u{fffd}",
    "\u{fffd}‘’“”•–—˜™\u{fffd}›œ\u{fffd}\u{fffd}Ÿ",
    "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏ",
    "ĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß",
    "àáâăäåæçèéêë\u{301}íîï",
    "đñ\u{323}óôơö÷øùúûüư₫ÿ",
];

/// VISCII 1.1 (RFC 1456), with six capitals below 20.
#[rustfmt::skip]
pub(super) const VISCII: Upper = [
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ",
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
    "Õắằặấầẩậẽẹếềểễệố",
    "ồổỗỠƠộờởịỰỨỪỬơớƯ",
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ",
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư",
    "àáâãảăữẫèéêẻìíĩỉ",
    "đựòóôõỏọụùúũủýợỮ",
];

/// Letters of VISCII below 20.
pub(super) const VISCII_LOW: &[(u8, char)] =
    &[(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1E, 'Ỵ')];

/// TCVN 5712:1993 VN1, the full set, with twelve capitals below 20.
#[rustfmt::skip]
pub(super) const TCVN_5712: Upper = [
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ",
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ",
    "\u{a0}ĂÂÊÔƠƯĐăâêôơưđẰ",
    "\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴ",
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ",
    "éẹềểễếệìỉỄẾỒĩíịò",
    "Ổỏõóọồổỗốộờởỡớợù",
    "ỖủũúụừửữứựỳỷỹýỵỐ",
];

/// Letters of TCVN 5712 VN1 below 20.
#[rustfmt::skip]
pub(super) const TCVN_5712_LOW: &[(u8, char)] = &[
    (0x01, 'Ú'), (0x02, 'Ụ'), (0x04, 'Ừ'), (0x05, 'Ử'), (0x06, 'Ữ'), (0x11, 'Ứ'),
    (0x12, 'Ự'), (0x13, 'Ỳ'), (0x14, 'Ỷ'), (0x15, 'Ỹ'), (0x16, 'Ý'), (0x17, 'Ỵ'),
];
