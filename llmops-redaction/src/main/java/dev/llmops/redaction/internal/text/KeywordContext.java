package dev.llmops.redaction.internal.text;

import java.util.Arrays;

/**
 * The words that stand shortly before a candidate and say what it is.
 *
 * <p>They count within {@value #REACH} characters. What was read for one candidate is not read again for the next: for
 * each kind it is kept where the last word stood, on a scale that grows with the text. So the text is read once, however
 * often detectors ask.
 *
 * <p>See docs/decisions/redaction.md#the-words-before-a-value-are-read-once-however-many-candidates-ask-for-them.
 */
public final class KeywordContext {

    public static final int PHONE = 1;
    /** Words such as "call", which often stand before a count too. */
    public static final int CALL = 1 << 1;

    public static final int CARD = 1 << 2;
    public static final int CN_ID = 1 << 3;
    public static final int COMPANY = 1 << 4;
    public static final int SSN = 1 << 5;
    public static final int IP = 1 << 6;
    public static final int MAC = 1 << 7;
    public static final int NINO = 1 << 8;
    public static final int NHS = 1 << 9;
    public static final int TAX = 1 << 10;
    public static final int ID_CARD = 1 << 11;
    public static final int FRENCH = 1 << 12;
    public static final int DUTCH = 1 << 13;
    public static final int POLISH = 1 << 14;
    public static final int BRAZIL = 1 << 15;
    public static final int AADHAAR = 1 << 16;
    public static final int PAN = 1 << 17;
    public static final int KOREAN = 1 << 18;
    public static final int JAPANESE = 1 << 19;
    public static final int TAIWAN = 1 << 20;
    public static final int HONG_KONG = 1 << 21;
    public static final int LETTERED_ID = 1 << 22;
    public static final int PASSPORT = 1 << 23;
    public static final int IMEI = 1 << 24;
    /** A word that counts only as the very last one. */
    public static final int VERSION = 1 << 25;
    /** A word that counts only as the very last one. */
    public static final int AMOUNT = 1 << 26;

    private static final int LAST_WORDS = VERSION | AMOUNT;
    private static final int KINDS = 27;
    static final int REACH = 48;
    private static final char IDEOGRAPHS = 0x2E80;

    private static final Words WORDS = new Words()
            .with(PHONE, "phone telephone tel cellphone fax whatsapp sms hotline ph mob landline")
            .with(PHONE, "telefon telefono teléfono téléphone tél telefone telefoon telefonu telefonnummer rufnummer")
            .with(PHONE, "handynummer mobilnummer mobiltelefon festnetz telefoonnummer telefonszám puhelin tlf")
            .with(
                    PHONE,
                    "puhelinnumero cellulare celular móvil telemóvel telemovel telefax telefonnr telnr tfn puh τηλ hp handynr mobilnr đt")
            .with(
                    PHONE,
                    "phonenumber telephonenumber mobilenumber mobilephone cellphone homephone workphone officephone phoneno")
            .with(PHONE, "mobileno contactnumber faxnumber telno telefonszám mobiltelefonnummer")
            .with(PHONE, "телефон телефона тел моб τηλέφωνο κινητό هاتف جوال טלפון फ़ोन मोबाइल โทร thoại điện sđt")
            .with(PHONE, "連絡 聯絡 手机 电话 座机 传真 热线 致电 拨打 来电 联系 手機 電話 傳真 携帯 전화 휴대 연락 핸드")
            .with(CALL, "call cell cellular mobile phones dial contact handy mobil movil portable gsm cel fijo")
            .with(
                    CALL,
                    "ring appelez appeler appelle rappelez llame llama llámame llámeme llamar ruf rufen anrufen ligue ligar")
            .with(CALL, "chiama chiamami chiamare bel belt zadzwoń dzwonić звони звоните позвони позвоните перезвоните")
            .with(CARD, "card cards credit debit visa mastercard amex maestro cc pan karte kreditkarte carte tarjeta")
            .with(CARD, "信用 银行 卡号 账号 帐号 账户 储蓄")
            .with(CN_ID, "id identity identification citizen resident")
            .with(CN_ID, "身份 证件 证号")
            .with(COMPANY, "uscc usci company enterprise business taxpayer")
            .with(COMPANY, "税号 信用 执照 企业 公司 纳税 机构 组织")
            .with(SSN, "ssn ssns social security itin")
            .with(
                    IP,
                    "ip ips ipv address addr host listen bind src dst source destination unspecified subnet route gateway")
            .with(MAC, "mac hardware ethernet physical device bssid")
            .with(NINO, "nino insurance ni")
            .with(NHS, "nhs")
            .with(
                    TAX,
                    "steuer steuerid steueridnr steuernummer steueridentifikationsnummer idnr identifikationsnummer tin fiscale")
            .with(ID_CARD, "ausweis ausweisnummer personalausweis personalausweisnummer ausweisnr perso")
            .with(FRENCH, "nir sécu sécurité sociale securite insee")
            .with(DUTCH, "bsn burgerservicenummer sofi sofinummer")
            .with(POLISH, "pesel")
            .with(BRAZIL, "cpf cnpj")
            .with(AADHAAR, "aadhaar aadhar adhaar uidai आधार")
            .with(PAN, "pan")
            .with(KOREAN, "rrn resident 주민 등록")
            .with(JAPANESE, "mynumber 個人 イナ")
            .with(TAIWAN, "roc taiwan 身分 身份")
            .with(HONG_KONG, "hkid hkic 身份 身分")
            .with(LETTERED_ID, "dni nie nif nric fin")
            .with(PASSPORT, "passport passports reisepass pass passnummer passeport pasaporte passaporto passaporte")
            .with(PASSPORT, "paspoort paspoortnummer reisepassnummer paszport паспорт паспорта 护照 護照 旅券 パス 여권")
            .with(IMEI, "imei")
            .with(VERSION, "version versions ver v release build section sections sec chapter chapters clause clauses")
            .with(VERSION, "paragraph para article appendix annex figure fig table step item rule requirement heading")
            .with(VERSION, "chap § §§ kapitel abschnitt ziffer absatz chapitre sección sezione capítulo")
            .with(VERSION, "版本 本号 章节 小节")
            .with(AMOUNT, "amount total sum price balance usd eur gbp cny rmb inr jpy step steps count offset size")
            .with(
                    AMOUNT,
                    "quantity qty rows tokens bytes revenue budget population timestamp sizes weights weight dimensions scores score")
            .with(AMOUNT, "金额 总额 共计 合计 价格 余额 总计 步骤 步数 数量");

    /** Length that an earlier finding or label takes of the reach, so that a list keeps the word before it. */
    private static final int STEP = 4;

    private static final int TOO_FAR = REACH + 1;

    private final Source source;
    private final MatchSpans found;
    /** Starts of the last word of each kind, on the scale of {@link #here}. */
    private final long[] last = new long[KINDS];

    private final int[] seen = new int[KINDS];
    /** Says if a word was seen between the position asked about last and the one before it. */
    private boolean noted;

    /** The position last asked about, with each finding and label before it counted as one step. */
    private long here = TOO_FAR;

    private int asked;
    private int foundWhenAsked;
    private int lastEndWhenAsked;

    public KeywordContext(Source source, MatchSpans found) {
        this.source = source;
        this.found = found;
    }

    /** Returns true if a word of one of the kinds stands within {@value #REACH} characters before the position. */
    public boolean says(int kinds, int position) {
        return says(kinds, position, REACH);
    }

    /** Returns true if a word of one of the kinds starts within {@code reach} characters before the position. */
    public boolean says(int kinds, int position, int reach) {
        if (asked != position) {
            moveTo(position);
        }
        for (int rest = kinds; rest != 0; rest &= rest - 1) {
            if (here - last[Integer.numberOfTrailingZeros(rest)] <= reach) {
                return true;
            }
        }
        return false;
    }

    private void moveTo(int position) {
        here += isAhead(position) ? read(position, asked) : Math.max(read(position, 0), TOO_FAR);
        for (int kind = 0; noted && kind < KINDS; kind++) {
            last[kind] = seen[kind] > 0 ? here - seen[kind] : seen[kind] < 0 ? 0 : last[kind];
        }
        asked = position;
        foundWhenAsked = found.size();
        lastEndWhenAsked = found.lastEnd();
    }

    /** Returns true if the way up to the place last asked about is still the same: what was found since lies behind it. */
    private boolean isAhead(int position) {
        int known = foundWhenAsked;
        return position > asked
                && found.size() >= known
                && (known == 0 || found.end(known - 1) == lastEndWhenAsked)
                && (found.size() == known || found.start(known) >= asked);
    }

    /** Notes how far before the position words of each kind stand; returns how far the floor is, if not too far. */
    private int read(int position, int floor) {
        if (noted) {
            Arrays.fill(seen, 0);
            noted = false;
        }
        int next = found.size();
        int way = 0;
        boolean first = true;
        char following = 0;
        int i = position;
        while (i > floor && way < REACH) {
            char c = source.at(i - 1);
            int before = i;
            while (next > 0 && found.end(next - 1) > i) {
                next--; // A label that was stepped over reached into it.
            }
            if (next > 0 && found.end(next - 1) == i) {
                before = found.start(--next);
            } else if (c == ']') {
                before = EarlierLabels.startBefore(source, i);
            }
            if (before < i) {
                way += STEP;
                i = before;
            } else if (Chars.isLetter(c)) {
                int least = Math.max(i - (REACH - way), next > 0 ? found.end(next - 1) : 0);
                int start = i;
                int hash = 0;
                for (; start > least && Chars.isLetter(c); c = source.peek(start - 1)) {
                    hash = Words.step(hash, Chars.lowerLetter(c));
                    start--;
                }
                way += i - start;
                i = start;
                if (way == REACH && Chars.isLetter(source.peek(start - 1))) {
                    // A word that begins before the reach says nothing.
                    return TOO_FAR;
                }
                note(WORDS.bits(hash), way, first && following == 0);
                first = false;
                following = 0;
            } else {
                way++;
                i--;
                if (c > IDEOGRAPHS) {
                    if (following != 0) {
                        note(WORDS.bits(Words.step(Words.step(0, following), c)), way, first);
                        first = false;
                    }
                    following = c;
                }
            }
        }
        return i > floor ? TOO_FAR : way;
    }

    /** Notes the nearest word of each kind; of the kinds that only the last word may say, whether it does. */
    private void note(int bits, int way, boolean first) {
        noted = true;
        for (int rest = LAST_WORDS; rest != 0; rest &= rest - 1) {
            int kind = Integer.numberOfTrailingZeros(rest);
            if (seen[kind] == 0) {
                seen[kind] = first && (bits & 1 << kind) != 0 ? way : -1;
            }
        }
        for (int rest = bits & ~LAST_WORDS; rest != 0; rest &= rest - 1) {
            int kind = Integer.numberOfTrailingZeros(rest);
            seen[kind] = seen[kind] == 0 ? way : seen[kind];
        }
    }

    /** A small hash table from words, read from their ends, to bits. The keys are hashes: a stray equal hash only costs precision. */
    private static final class Words {

        private final int[] keys = new int[2048];
        private final int[] values = new int[2048];

        static int step(int hash, char c) {
            return hash * 0x01000193 + c;
        }

        Words with(int bits, String words) {
            for (String word : words.split(" ", -1)) {
                int hash = 0;
                for (int i = word.length() - 1; i >= 0; i--) {
                    hash = step(hash, word.charAt(i));
                }
                int slot = slot(hash);
                keys[slot] = hash;
                values[slot] |= bits;
            }
            return this;
        }

        int bits(int hash) {
            return values[slot(hash)];
        }

        private int slot(int hash) {
            int slot = (hash ^ (hash >>> 15)) & (keys.length - 1);
            while (keys[slot] != 0 && keys[slot] != hash) {
                slot = (slot + 1) & (keys.length - 1);
            }
            return slot;
        }
    }
}
