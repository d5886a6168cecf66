package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Adjacent;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;
import java.util.Locale;

/** Short figures that only the words directly beside them explain: one-time codes, card verification codes, passports. */
public final class Codes {

    private static final Adjacent CVV = Adjacent.of(
            "cvv|cvv2|cvc|cvc2|cid|csc|card security code|card verification|安全码|kartenprüfnummer|prüfziffer|cryptogramme");
    private static final Adjacent ONE_TIME = Adjacent.of("otp|one-time|one time|one-time password|one time password"
            + "|one-time passcode|verification|verification code|passcode|2fa|2fa code|mfa code|login code|security code|sms code"
            + "|authentication code|auth code|access code|sign-in code|confirmation code|pin|your code|tan|mtan|sms-tan"
            + "|验证码|驗證碼|校验码|动态码|动态密码|認証コード|確認コード|ワンタイムパスワード|인증번호|인증 번호|인증코드"
            + "|código de verificación|codigo de verificacion|código de verificação|code de vérification|code de confirmation"
            + "|bestätigungscode|sicherheitscode|einmalcode|einmalpasswort|codice di verifica|verificatiecode"
            + "|код подтверждения|код|kod weryfikacyjny|doğrulama kodu|tu código|su código|seu código|teu código|tu codigo|su codigo"
            + "|seu codigo|tuo codice|suo codice|dein code|ihr code|votre code|ton code|jouw code|uw code|din kod|twój kod|kod sms"
            + "|verifizierungscode|einmal-code|code de sécurité|code d'authentification|code de connexion|código de seguridad"
            + "|código de segurança|código de confirmación|código de confirmação|código de acceso|código de acesso|código sms"
            + "|codice otp|codice pin|codice di sicurezza|code pin|código pin|pin code|pin-code|geheimzahl|nip|пин-код|пин"
            + "|暗証番号|パスコード|セキュリティコード|動態密碼|安全碼|보안코드|mã xác nhận|mã xác thực|mã otp|kode verifikasi|kode otp|รหัส otp"
            + "|otp code|verification pin|totp|puk|puk code|动态口令|動態口令|認証番号|確認番号|your whatsapp code|your google code|whatsapp code"
            + "|telegram code|google code|apple id code|din kode|verification_code|otp_code|sms_code|security_code|auth_code"
            + "|access_code|verificationcode|smscode|otpcode|authcode|mfa_code|mfacode|login_code|pin_code|pincode|2fa_code"
            + "|door code|gate code|alarm code|entry code|keypad code|garage code|door pin|alarm pin|türcode|tür-code|alarmcode"
            + "|code de la porte|code secret|code de la carte|code secret de la carte|pin de la tarjeta|pin der karte|pin della carta|pin do cartão"
            + "|código de la puerta|codice segreto|код из смс|код из sms|код домофона|backup code|backup codes|backup-codes|recovery-codes|codes de secours|codes de récupération|códigos de respaldo"
            + "|códigos de recuperación|codici di recupero|ersatzcodes|ersatzcode|wiederherstellungscodes|einmalcodes|recovery code|recovery codes|wiederherstellungscode|code de secours|código de respaldo"
            + "|código de recuperación|código de recuperação|code de récupération|codice di recupero|код восстановления"
            + "|резервный код|恢复码|恢復碼|备用码|備用碼|リカバリーコード|バックアップコード|복구 코드|백업 코드");
    private static final Adjacent ENTERED =
            Adjacent.of("use|enter|type|use code|enter code|type code|use the code|enter the code"
                    + "|type the code|with code|with the code|geben sie|nutzen sie|saisissez|introduce|ingresa");
    /** The purposes for which a code is entered. */
    private static final List<String> PURPOSES = List.of(
            " to log in",
            " to login",
            " to sign in",
            " to verify",
            " to confirm",
            " to continue",
            " to access",
            " to complete",
            " to authenticate",
            " as your",
            " as the code",
            " pour ",
            " para ",
            " ein, um",
            " um ");

    private static final List<String> VERBS =
            List.of(" is ", " ist ", " est ", " es ", " é ", " è ", "是", " 是", " to ", " er ", "が", "は", "은", "는");
    private static final Adjacent PASSPORT = Adjacent.of(
            "passport|passport no|passport number|passnr|passeport n|passeport n°|numéro de passeport|n° de passeport"
                    + "|pasaporte n|pasaporte n.º|número de pasaporte|número do passaporte|passaporto n|numero di passaporto"
                    + "|paspoortnummer|numer paszportu|reisepass-nr|reisepass nr|reisepass|reisepassnummer|passnummer|passeport"
                    + "|pasaporte|passaporto|passaporte|paspoort|paszport|паспорт|паспорта|паспорт серия|паспорт: серия|серия|护照|护照号|護照|護照號碼"
                    + "|旅券|旅券番号|パスポート|パスポート番号|여권|여권번호");
    /** First letters of the verbs behind a code. */
    private static final CharSet SAID = CharSet.of("iIeEéèt是がは은는");

    private static final int SHORTEST_PASSPORT = 6;
    private static final int LONGEST_PASSPORT = 9;
    private static final int REACH = 40;
    /** Characters between two codes of a list. */
    private static final int LONGEST_BULLET = 8;
    /** Digits of a code that only what it is entered for explains. */
    private static final int LEAST_ENTERED = 6;

    /** Names of codes in sentences that begin with the code. */
    private static final List<String> EXPLANATIONS = List.of(
            "verification code",
            "login code",
            "security code",
            "confirmation code",
            "access code",
            "one-time",
            " otp",
            "passcode",
            "authentication code",
            "google code",
            "whatsapp code",
            "bestätigungscode",
            "verifizierungscode",
            "sicherheitscode",
            "code de v",
            "code de conf",
            "code de s",
            "código de v",
            "código de c",
            "código de s",
            "codice di",
            "verificatiecode",
            "код подтверждения",
            "验证码",
            "驗證碼",
            "认证码",
            "認証",
            "확인 코드",
            "인증번호");

    private final ScanState scan;
    private final Source source;
    private int lastStart;
    private int lastEnd = -1;

    public Codes(ScanState scan) {
        this.scan = scan;
        this.source = scan.source;
    }

    /** Reports the code that the digits are and returns its end, or -1. */
    public int find(int start, int end) {
        int length = end - start;
        int parts = length < 3 || length > 4 ? -1 : inHalves(start, end);
        if (length == 2) {
            return passportInPairs(start, end);
        }
        if (parts > 0 || length < 3 || length > LONGEST_PASSPORT || isContinued(end)) {
            return parts < 0 && length == 4 ? russianPassport(start, end) : parts;
        }
        if (length <= 4 && CVV.isBefore(scan, start)) {
            return scan.report(PiiTypes.CARD_CVV, start, end);
        }
        boolean code = length >= 4 && length <= 8;
        int first = code && source.peek(start - 1) == '-' && source.is(start - 2, Chars.UPPER) ? start - 2 : start;
        if (code
                && !isPart(end)
                && (ONE_TIME.isBefore(scan, first)
                        || isExplainedAfter(end)
                        || isEntered(start, end)
                        || isListed(start, end))) {
            return report(first, end);
        }
        return length == 4 ? russianPassport(start, end) : passport(start, end);
    }

    /** Reports the passport number that starts with a word of letters and digits and returns its end, or -1. */
    public int passport(int start, int end) {
        int length = end - start;
        return length >= SHORTEST_PASSPORT
                        && length <= LONGEST_PASSPORT
                        && digits(start, end) >= 5
                        && PASSPORT.isBefore(scan, start)
                ? scan.report(PiiTypes.PASSPORT, start, end)
                : -1;
    }

    private int digits(int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits += source.is(i, Chars.DIGIT) ? 1 : 0;
        }
        return digits;
    }

    /** Returns true for the pin of a part, as in "pin 12 of the connector". */
    private boolean isPart(int end) {
        return source.startsWith(" of the ", end) || source.startsWith(" on the ", end);
    }

    private boolean startsWithAny(List<String> phrases, int start) {
        for (int i = 0; i < phrases.size(); i++) {
            if (source.startsWithIgnoreCase(phrases.get(i), start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEntered(int start, int end) {
        return end - start >= LEAST_ENTERED
                && source.peek(end) == ' '
                && "taepu".indexOf(source.peek(end + 1)) >= 0
                && startsWithAny(PURPOSES, end)
                && ENTERED.isBefore(scan, start);
    }

    /** Reports a number of four and six digits, between which the word for "number" may stand. */
    private int russianPassport(int start, int end) {
        if (source.peek(end) != ' ') {
            return -1;
        }
        int from = source.startsWithIgnoreCase(" номер ", end)
                ? end + 7
                : source.startsWith(" № ", end) ? end + 3 : end + 1;
        int last = source.skip(from, Chars.DIGIT, from + 7);
        boolean written = last == from + 6 && !source.gluedAfter(last);
        return written && PASSPORT.isBefore(scan, start) ? scan.report(PiiTypes.PASSPORT, start, last) : -1;
    }

    /** Reports a Russian passport in groups of two, two and six. */
    private int passportInPairs(int start, int end) {
        int number = source.peek(end) == ' ' && source.peek(end + 3) == ' ' ? end + 4 : end;
        boolean written = number > end
                && source.skip(end + 1, Chars.DIGIT, end + 3) == end + 3
                && source.skip(number, Chars.DIGIT, number + 7) == number + 6
                && !source.gluedAfter(number + 6);
        return written && PASSPORT.isBefore(scan, start) ? scan.report(PiiTypes.PASSPORT, start, number + 6) : -1;
    }

    /** Reports a code in two groups of three or four. */
    private int inHalves(int start, int end) {
        int length = end - start;
        char mark = source.peek(end);
        if (mark != ' ' && mark != '-') {
            return -1;
        }
        int third = end + length + 1;
        if (source.peek(third) == mark && source.is(third + 1, Chars.DIGIT)) {
            return -1;
        }
        int last = source.skip(end + 1, Chars.DIGIT, third + 1);
        boolean written = last == third && !source.gluedAfter(last);
        boolean code = written && (ONE_TIME.isBefore(scan, behindHead(start)) || isListed(start, last));
        return code ? report(start, last) : -1;
    }

    private int report(int start, int end) {
        lastStart = start;
        lastEnd = end;
        return scan.report(PiiTypes.ONE_TIME_CODE, start, end);
    }

    /** Returns true for another code of the same length behind the last one: codes for recovery come in lists. */
    private boolean isListed(int start, int end) {
        return end - start >= LEAST_ENTERED
                && end - start == lastEnd - lastStart
                && scan.found.lastEnd() == lastEnd
                && start - lastEnd < LONGEST_BULLET
                && start > lastEnd
                && bullet(start, lastEnd) == lastEnd;
    }

    /** Returns where the line above ends if only a bullet or a number stands before the code in its line, or the start. */
    private int behindHead(int start) {
        if (source.peek(start - 1) != '\n' && "-*•.)".indexOf(source.peek(start - 2)) < 0) {
            return start;
        }
        int before = bullet(start, Math.max(0, start - LONGEST_BULLET));
        return before < start && source.peek(before) == '\n' ? before : start;
    }

    /** Returns the start of the marks, numbers and line breaks that stand between codes in a list. */
    private int bullet(int start, int floor) {
        int at = start;
        while (at > floor
                && (source.is(at - 1, Chars.SPACE | Chars.DIGIT) || ",;-*•.)".indexOf(source.at(at - 1)) >= 0)) {
            at--;
        }
        return at;
    }

    private boolean isContinued(int end) {
        char next = source.peek(end);
        return next != 0
                && "-./:, ".indexOf(next) >= 0
                && source.raw(end) < Chars.IDEOGRAPHS
                && source.is(end + 1, Chars.DIGIT);
    }

    /** Returns true before "is your verification code" and its like. */
    private boolean isExplainedAfter(int end) {
        int word = source.peek(end) == ' ' ? end + 1 : end;
        if (!SAID.has(source.peek(word)) || !startsWithAny(VERBS, end)) {
            return false;
        }
        String after = source.folded(end, Math.min(source.length, end + REACH)).toLowerCase(Locale.ROOT);
        return EXPLANATIONS.stream().anyMatch(after::contains);
    }
}
