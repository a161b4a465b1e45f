package dev.limber.deploy;

import dev.limber.api.plugin.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;

/// Whose jars are installed: everybody's, or those signed with a certificate of a trust store or one issued under it.
///
/// A certificate must be valid now: when a jar was signed is not asked, with or without a time stamp.
///
/// This tells who made a jar. It does not limit what the jar does once it runs, protects neither the folder's other files
/// nor the process from other users of the machine, and does not ask whether a certificate has been revoked.
final class Trust {

    /// Names the trust store, PKCS #12 or JKS; in the environment `LIMBER_TRUST`.
    static final String STORE = "limber.trust";

    /// Its password; in the environment `LIMBER_TRUST_PASSWORD`.
    static final String PASSWORD = "limber.trust.password";

    /// The files that hold the signature cannot be signed themselves.
    private static final Pattern SIGNATURE = Pattern
            .compile("(?i)META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");
    private static final String WHOLE = "-Digest-Manifest";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final String description;
    private final boolean everybody;
    private final Set<X509Certificate> certificates;

    private Trust(String description, boolean everybody, Set<X509Certificate> certificates) {
        this.description = description;
        this.everybody = everybody;
        this.certificates = certificates;
    }

    /// What is configured. A trust store that cannot be read trusts nobody.
    static Trust configured(BundleContext context) {
        String store = setting(context, STORE, "LIMBER_TRUST");
        return store.isEmpty()
                ? new Trust("signatures are not checked: LIMBER_TRUST names no trust store", true, Set.of())
                : of(Path.of(store), setting(context, PASSWORD, "LIMBER_TRUST_PASSWORD"));
    }

    private static String setting(BundleContext context, String property, String variable) {
        String value = context.getProperty(property);
        String fallback = System.getenv(variable);
        return value != null ? value : fallback != null ? fallback : "";
    }

    private static Trust of(Path store, String password) {
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
            var certificates = new HashSet<X509Certificate>();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isCertificateEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate trusted) {
                    certificates.add(trusted);
                }
            }
            return new Trust(switch (certificates.size()) {
                case 0 -> "no jar is installed: the trust store " + store + " has no certificate; import one";
                case 1 -> "only jars signed under the certificate in " + store + " are installed";
                default -> "only jars signed under one of the " + certificates.size() + " certificates in " + store
                        + " are installed";
            }, false, certificates);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            return new Trust("no jar is installed: the trust store " + store + " cannot be read: "
                    + unreadable.getMessage(), false, Set.of());
        }
    }

    /// What is configured: one line.
    String description() {
        return description;
    }

    /// Why no jar at all is installed, which none of them is to blame for. Empty where some may be.
    Optional<String> hindrance() {
        return everybody || !certificates.isEmpty() ? Optional.empty() : Optional.of(description);
    }

    /// Throws unless an entry of a jar, all of whose bytes have been read, is signed by somebody trusted.
    void require(String entry, CodeSigner[] signers) {
        if (everybody || SIGNATURE.matcher(entry).matches()) {
            return;
        }
        if (signers == null || signers.length == 0) {
            throw new UsageException("it is not trusted: " + entry + " is not signed");
        }
        String why = "";
        for (CodeSigner signer : signers) {
            Optional<String> objection = objection(signer);
            if (objection.isEmpty()) {
                return;
            }
            why = objection.get();
        }
        throw new UsageException("it is not trusted: " + entry + " is signed by " + why);
    }

    /// Throws unless a jar has all that was signed, and nothing that was signed as a part of another jar: signatures of
    /// single entries alone would not notice when one is taken out.
    void requireWhole(JarFile jar, Manifest manifest, Set<String> names) throws IOException {
        if (everybody) {
            return;
        }
        if (manifest.getEntries().isEmpty()) {
            throw new UsageException("it is not trusted: it is not signed");
        }
        byte[] bytes = content(jar, JarFile.MANIFEST_NAME);
        for (String name : names) {
            if (name.matches("(?i)META-INF/[^/]+\\.SF") && !covers(content(jar, name), bytes)) {
                throw new UsageException("it is not trusted: its manifest is not the one that " + name
                        + " was made for; sign the whole jar again");
            }
        }
        for (String signed : manifest.getEntries().keySet()) {
            if (!names.contains(signed)) {
                throw new UsageException("it is not trusted: " + signed + " was signed and is missing");
            }
        }
    }

    private static byte[] content(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    /// True where a signature file has a digest of the whole manifest, and all of them are right.
    private static boolean covers(byte[] signatureFile, byte[] manifest) throws IOException {
        boolean covers = false;
        for (var attribute : new Manifest(new ByteArrayInputStream(signatureFile)).getMainAttributes().entrySet()) {
            String name = attribute.getKey().toString();
            if (name.endsWith(WHOLE)) {
                try {
                    MessageDigest digest = MessageDigest.getInstance(name.substring(0, name.length() - WHOLE.length()));
                    covers = Arrays.equals(digest.digest(manifest),
                            Base64.getDecoder().decode(attribute.getValue().toString()));
                } catch (GeneralSecurityException | IllegalArgumentException unknown) {
                    covers = false;
                }
                if (!covers) {
                    return false;
                }
            }
        }
        return covers;
    }

    /// Why a signer is not trusted: its name, and what is wrong with it. Empty where nothing is.
    private Optional<String> objection(CodeSigner signer) {
        CertPath path = signer.getSignerCertPath();
        var leaf = (X509Certificate) path.getCertificates().getFirst();
        String name = leaf.getSubjectX500Principal().getName();
        try {
            for (Certificate each : path.getCertificates()) {
                ((X509Certificate) each).checkValidity();
            }
            if (!certificates.contains(leaf)) {
                anchor(path).checkValidity();
                if (!signsCode(leaf)) {
                    return Optional.of(name + ", whose certificate is not for signing code");
                }
            }
            return Optional.empty();
        } catch (CertificateExpiredException | CertificateNotYetValidException now) {
            return Optional.of(name + ", whose certificate is valid from " + leaf.getNotBefore().toInstant() + " to "
                    + leaf.getNotAfter().toInstant() + "; sign it with one that is valid now");
        } catch (GeneralSecurityException untrusted) {
            return Optional.of(name + ", which is not in the trust store");
        }
    }

    /// The certificate of the store that a path leads to.
    private X509Certificate anchor(CertPath path) throws GeneralSecurityException {
        var anchors = new HashSet<TrustAnchor>();
        certificates.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        if (anchors.isEmpty()) {
            throw new CertificateException("the store is empty");
        }
        var parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        var result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX").validate(path, parameters);
        return result.getTrustAnchor().getTrustedCert();
    }

    private static boolean signsCode(X509Certificate leaf) throws CertificateException {
        List<String> purposes = leaf.getExtendedKeyUsage();
        return purposes == null || purposes.contains(CODE_SIGNING) || purposes.contains(ANY_PURPOSE);
    }
}
