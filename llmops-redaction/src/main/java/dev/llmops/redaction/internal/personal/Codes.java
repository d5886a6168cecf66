package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Adjacent;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;
import java.util.Locale;

/** Short figures that only the words directly beside them explain: one-time codes, card verification codes, passports. */
public final class Codes {

    private static final Adjacent CVV = Adjacent.of(
            "cvv|cvv2|cvc|cvc2|cid|csc|card security code|card verification|安全码|kartenprüfnummer|prüfziffer|cryptogramme");
    private static final Adjacent ONE_TIME = Adjacent.of(
            "otp|one-time|one time|one-time password|one time password"
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
                    + "|otp code|verification pin|backup code|recovery code|wiederherstellungscode|code de secours|código de respaldo");
    private static final Adjacent PASSPORT = Adjacent.of(
            "passport|passport no|passport number|passnr|passeport n|passeport n°|numéro de passeport|n° de passeport"
                    + "|pasaporte n|pasaporte n.º|número de pasaporte|número do passaporte|passaporto n|numero di passaporto"
                    + "|paspoortnummer|numer paszportu|reisepass-nr|reisepass nr|reisepass|reisepassnummer|passnummer|passeport"
                    + "|pasaporte|passaporto|passaporte|paspoort|paszport|паспорт|护照|护照号|護照|旅券|旅券番号|パスポート|여권|여권번호");
    private static final int SHORTEST_PASSPORT = 6;
    private static final int LONGEST_PASSPORT = 9;
    private static final int REACH = 40;

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
            "验证码",
            "驗證碼");

    private final ScanState scan;
    private final Source source;

    public Codes(ScanState scan) {
        this.scan = scan;
        this.source = scan.source;
    }

    /** Reports the code that the digits are and returns its end, or -1. */
    public int find(int start, int end) {
        int length = end - start;
        if (length < 3 || length > LONGEST_PASSPORT || isContinued(end)) {
            return length == 4 ? russianPassport(start, end) : -1;
        }
        if (length <= 4 && CVV.isBefore(scan, start)) {
            return scan.report(PiiTypes.CARD_CVV, start, end);
        }
        if (length >= 4 && length <= 8 && (ONE_TIME.isBefore(scan, start) || isExplainedAfter(end))) {
            return scan.report(PiiTypes.ONE_TIME_CODE, start, end);
        }
        int halves = length == 3 ? inHalves(start, end) : -1;
        return halves > 0 ? halves : passport(start, end);
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

    /** Reports a number of four and six digits. */
    private int russianPassport(int start, int end) {
        if (source.peek(end) != ' ') {
            return -1;
        }
        int last = source.skip(end + 1, Chars.DIGIT, end + 8);
        boolean written = last == end + 7 && !source.gluedAfter(last);
        return written && PASSPORT.isBefore(scan, start) ? scan.report(PiiTypes.PASSPORT, start, last) : -1;
    }

    /** Reports a code in two groups of three. */
    private int inHalves(int start, int end) {
        int last = source.skip(end + 1, Chars.DIGIT, end + 5);
        boolean written = " -".indexOf(source.peek(end)) >= 0 && last == end + 4 && !source.gluedAfter(last);
        return written && ONE_TIME.isBefore(scan, start) ? scan.report(PiiTypes.ONE_TIME_CODE, start, last) : -1;
    }

    private boolean isContinued(int end) {
        char next = source.peek(end);
        return next != 0 && "-./:, ".indexOf(next) >= 0 && source.is(end + 1, Chars.DIGIT);
    }

    /** Returns true before "is your verification code" and its like. */
    private boolean isExplainedAfter(int end) {
        if (!source.startsWith(" is ", end) && source.peek(end) != '是' && !source.startsWith(" 是", end)) {
            return false;
        }
        String after = source.folded(end, Math.min(source.length, end + REACH)).toLowerCase(Locale.ROOT);
        return EXPLANATIONS.stream().anyMatch(after::contains);
    }
}
