package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges the name of a setting by how it ends: {@code OPENAI_API_KEY}, {@code "client_secret"}, {@code db.password2},
 * {@code 密码}. A suffix behind the telling word makes it another thing, as in {@code tokenizer} or {@code token_type}.
 */
public enum SecretNames {
    /** Says nothing. */
    NONE,
    /** Ends in a bare "key": the value must look random. */
    KEY,
    /** The header that carries credentials, often behind the name of a scheme. */
    HEADER,
    /** Tokens, secrets and keys to something: the value is not an ordinary word. */
    SECRET,
    /** Identifiers of sessions, which are long and random. */
    SESSION,
    /** Chosen by people, so even a word may be one. */
    PASSWORD;

    /** The bits of its last character by which a word is looked up. */
    private static final int LAST = 0xFF;

    private static final int PAIRS = 0x3FF;

    private static final Word[][] WORDS = Word.byLast(List.of(
            Word.part("password", PASSWORD),
            Word.part("passwd", PASSWORD),
            Word.part("passphrase", PASSWORD),
            Word.part("passcode", PASSWORD),
            Word.whole("pwd", PASSWORD),
            Word.whole("pw", PASSWORD),
            Word.whole("pass", PASSWORD),
            Word.part("passwort", PASSWORD),
            Word.part("kennwort", PASSWORD),
            Word.part("mot de passe", PASSWORD),
            Word.whole("mdp", PASSWORD),
            Word.part("contraseña", PASSWORD),
            Word.part("contrasena", PASSWORD),
            Word.whole("clave", PASSWORD),
            Word.part("clave de acceso", PASSWORD),
            Word.part("contraseña de acceso", PASSWORD),
            Word.whole("kodeord", PASSWORD),
            Word.part("mật mã", PASSWORD),
            Word.part("senha", PASSWORD),
            Word.part("palavra-passe", PASSWORD),
            Word.part("wachtwoord", PASSWORD),
            Word.part("lösenord", PASSWORD),
            Word.part("losenord", PASSWORD),
            Word.part("passord", PASSWORD),
            Word.part("adgangskode", PASSWORD),
            Word.part("salasana", PASSWORD),
            Word.part("parola d'ordine", PASSWORD),
            Word.whole("parola", PASSWORD),
            Word.part("şifre", PASSWORD),
            Word.whole("sifre", PASSWORD),
            Word.part("hasło", PASSWORD),
            Word.whole("haslo", PASSWORD),
            Word.whole("heslo", PASSWORD),
            Word.part("jelszó", PASSWORD),
            Word.part("kata sandi", PASSWORD),
            Word.part("mật khẩu", PASSWORD),
            Word.part("contrasenya", PASSWORD),
            Word.part("pswd", PASSWORD),
            Word.whole("psw", PASSWORD),
            Word.whole("p/w", PASSWORD),
            Word.part("pass word", PASSWORD),
            Word.whole("dbpass", PASSWORD),
            Word.whole("userpass", PASSWORD),
            Word.whole("adminpass", PASSWORD),
            Word.whole("rootpass", PASSWORD),
            Word.whole("sshpass", PASSWORD),
            Word.whole("mailpass", PASSWORD),
            Word.whole("smtppass", PASSWORD),
            Word.whole("ftppass", PASSWORD),
            Word.whole("dbpwd", PASSWORD),
            Word.whole("userpwd", PASSWORD),
            Word.whole("psk", PASSWORD),
            Word.part("keymaterial", PASSWORD),
            Word.part("clave wifi", PASSWORD),
            Word.part("clave del wifi", PASSWORD),
            Word.part("code wifi", PASSWORD),
            Word.part("wifi code", PASSWORD),
            Word.part("wlan code", PASSWORD),
            Word.part("chiave wifi", PASSWORD),
            Word.part("chiave di rete", PASSWORD),
            Word.part("parola d'accesso", PASSWORD),
            Word.part("code d'accès", PASSWORD),
            Word.part("şifrem", PASSWORD),
            Word.part("şifresi", PASSWORD),
            Word.part("şifreniz", PASSWORD),
            Word.part("authtok", PASSWORD),
            Word.part("community string", PASSWORD),
            Word.part("snmp community", PASSWORD),
            Word.part("clé wifi", PASSWORD),
            Word.part("wlan-schlüssel", PASSWORD),
            Word.part("netzwerkschlüssel", PASSWORD),
            Word.part("lizenzschlüssel", SECRET),
            Word.part("wiederherstellungsschlüssel", SECRET),
            Word.part("recovery code", SECRET),
            Word.part("recovery codes", SECRET),
            Word.part("backup code", SECRET),
            Word.part("backup codes", SECRET),
            Word.part("wiederherstellungscode", SECRET),
            Word.part("wiederherstellungscodes", SECRET),
            Word.part("ersatzcode", SECRET),
            Word.part("code de secours", SECRET),
            Word.part("codes de secours", SECRET),
            Word.part("code de récupération", SECRET),
            Word.part("codes de récupération", SECRET),
            Word.part("código de recuperación", SECRET),
            Word.part("códigos de recuperación", SECRET),
            Word.part("código de respaldo", SECRET),
            Word.part("código de recuperação", SECRET),
            Word.part("codice di recupero", SECRET),
            Word.part("codici di recupero", SECRET),
            Word.part("herstelcode", SECRET),
            Word.part("kod odzyskiwania", SECRET),
            Word.part("резервный код", SECRET),
            Word.part("код восстановления", SECRET),
            Word.part("恢复码", SECRET),
            Word.part("恢復碼", SECRET),
            Word.part("备用码", SECRET),
            Word.part("備用碼", SECRET),
            Word.part("リカバリーコード", SECRET),
            Word.part("バックアップコード", SECRET),
            Word.part("복구 코드", SECRET),
            Word.part("백업 코드", SECRET),
            Word.whole("existingsecret", NONE),
            Word.part("storepass", PASSWORD),
            Word.part("keypass", PASSWORD),
            Word.part("requirepass", PASSWORD),
            Word.part("masterauth", PASSWORD),
            Word.part("geheimnis", SECRET),
            Word.part("api-schlüssel", SECRET),
            Word.part("clé api", SECRET),
            Word.part("clé d'api", SECRET),
            Word.part("clave api", SECRET),
            Word.part("clave secreta", SECRET),
            Word.part("chave api", SECRET),
            Word.whole("jeton", SECRET),
            Word.whole("segredo", SECRET),
            Word.whole("sid", SESSION),
            Word.part("secret", SECRET),
            Word.part("secretstring", SECRET),
            // The group of a library, behind which its name and version stand.
            Word.part("jsonwebtoken", NONE),
            Word.part("token", SECRET),
            Word.part("credential", SECRET),
            Word.part("credentials", SECRET),
            Word.whole("creds", SECRET),
            Word.part("sessionid", SECRET),
            Word.part("sessid", SECRET),
            Word.part("gitlabsession", SECRET),
            Word.part("secretkeybase", SECRET),
            Word.whole("auth", KEY),
            Word.whole("sig", SECRET),
            Word.whole("signature", SECRET),
            Word.part("authorization", HEADER),
            Word.part("密码", PASSWORD),
            Word.part("密碼", PASSWORD),
            Word.part("口令", PASSWORD),
            Word.part("暗証番号", PASSWORD),
            Word.part("パスワード", PASSWORD),
            Word.part("パスコード", PASSWORD),
            Word.part("비밀번호", PASSWORD),
            Word.part("패스워드", PASSWORD),
            Word.part("암호", PASSWORD),
            Word.part("비번", PASSWORD),
            Word.part("пароль", PASSWORD),
            Word.part("пароля", PASSWORD),
            Word.part("κωδικός", PASSWORD),
            Word.part("كلمة المرور", PASSWORD),
            Word.part("كلمة السر", PASSWORD),
            Word.part("סיסמה", PASSWORD),
            Word.part("รหัสผ่าน", PASSWORD),
            Word.part("पासवर्ड", PASSWORD),
            Word.part("пин-код", PASSWORD),
            Word.part("密钥", SECRET),
            Word.part("密鑰", SECRET),
            Word.part("秘钥", SECRET),
            Word.part("私钥", SECRET),
            Word.part("令牌", SECRET),
            Word.part("トークン", SECRET),
            Word.part("シークレット", SECRET),
            Word.part("apiキー", SECRET),
            Word.part("토큰", SECRET),
            Word.part("api 키", SECRET),
            Word.part("токен", SECRET),
            Word.part("секрет", SECRET),
            Word.part("ключ api", SECRET),
            Word.part("api-ключ", SECRET),
            Word.part("api ключ", SECRET)));

    /** The same words by their last two characters, which few names have in common with one of them. */
    private static final Word[][] BY_PAIR = Word.byPair(WORDS);

    /** Words before "key" in the names of keys that open something. */
    private static final String[] OPENING = {
        "api",
        "secret",
        "access",
        "private",
        "auth",
        "encryption",
        "signing",
        "master",
        "service",
        "subscription",
        "account",
        "storage",
        "shared",
        "license",
        "session",
        "client",
        "wpa",
        "wifi",
        "wlan",
        "recovery",
        "preshared",
        "webhook",
        "lizenz",
        "licence"
    };

    private static final String[] NOTHING = {};

    /** The longest word that is looked for, with room for separators. */
    private static final int REACH = 32;

    /** Returns the promise that the name ending at the index makes of its value. */
    public static SecretNames of(Source source, int floor, int nameEnd) {
        int end = nameEnd;
        while (end > floor && nameEnd - end < 3 && source.is(end - 1, Chars.DIGIT)) {
            end--;
        }
        if (end <= floor) {
            return NONE;
        }
        char last = Chars.lowerLetter(source.at(end - 1));
        if (last == 'y') {
            return key(source, floor, end);
        }
        char before = source.peek(end - 2);
        // A separator may stand between the two.
        Word[] words = isSeparator(before) ? WORDS[last & LAST] : BY_PAIR[pair(Chars.lowerLetter(before), last)];
        for (Word word : words) {
            int start = startOf(source, floor, end, word.text);
            if (start >= 0 && (!word.whole || isWord(source, start))) {
                return word.promise;
            }
        }
        return NONE;
    }

    private static int pair(char before, char last) {
        return (last * 37 + before) & PAIRS;
    }

    private static boolean isSeparator(char c) {
        return c == '_' || c == '-' || c == '.';
    }

    private static SecretNames key(Source source, int floor, int end) {
        int start = startOf(source, floor, end, "key");
        if (start < 0) {
            return NONE;
        }
        // Any separator before "key" belongs to neither word.
        boolean apart = start > floor && (isSeparator(source.at(start - 1)) || source.at(start - 1) == ' ');
        int before = apart ? start - 1 : start;
        boolean joined = before > floor && source.is(before - 1, Chars.LETTER);
        for (String opening : joined ? OPENING : NOTHING) {
            if (startOf(source, floor, before, opening) >= 0) {
                return SECRET;
            }
        }
        return isWord(source, start) && startOf(source, floor, before, "public") < 0 ? KEY : NONE;
    }

    /** Returns the start of the word that ends at the index in any case and with any separators, or -1. */
    private static int startOf(Source source, int floor, int end, String word) {
        int at = end - 1;
        int least = Math.max(floor, end - REACH);
        for (int i = word.length() - 1; i >= 0; at--) {
            if (at < least) {
                return -1;
            }
            char c = Chars.lowerLetter(source.at(at));
            if (c == word.charAt(i)) {
                i--;
            } else if (word.charAt(i) == ' ') {
                // Words of a name may be joined: recovery_code, recoveryCode.
                i--;
                at++;
            } else if (at == end - 1 || !isSeparator(c)) {
                return -1;
            }
        }
        return at + 1;
    }

    /** Returns true if a word starts there: after anything but a letter, or with a capital after a small letter. */
    private static boolean isWord(Source source, int start) {
        if (start < 0) {
            return false;
        }
        return !source.gluedBefore(start)
                || (source.is(start, Chars.UPPER) && source.is(start - 1, Chars.LOWER | Chars.DIGIT));
    }

    /** A word that a name may end in; a whole one stands by itself, as "pwd" does not in "cwdpwd". */
    private record Word(String text, SecretNames promise, boolean whole) {

        static Word part(String text, SecretNames promise) {
            return new Word(text, promise, false);
        }

        static Word whole(String text, SecretNames promise) {
            return new Word(text, promise, true);
        }

        static Word[][] byPair(Word[][] byLast) {
            return IntStream.rangeClosed(0, PAIRS)
                    .mapToObj(pair -> Stream.of(byLast)
                            .flatMap(Stream::of)
                            .filter(word -> word.pair() == pair)
                            .toArray(Word[]::new))
                    .toArray(Word[][]::new);
        }

        private int pair() {
            return SecretNames.pair(text.charAt(text.length() - 2), text.charAt(text.length() - 1));
        }

        static Word[][] byLast(List<Word> words) {
            return IntStream.rangeClosed(0, LAST)
                    .mapToObj(last -> words.stream()
                            .filter(word -> (word.text.charAt(word.text.length() - 1) & LAST) == last)
                            .toArray(Word[]::new))
                    .toArray(Word[][]::new);
        }
    }
}
