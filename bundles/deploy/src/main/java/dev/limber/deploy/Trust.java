package dev.limber.deploy;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;

/// Whose jars are installed: everybody's, or those signed with a certificate of a trust store or one issued under it.
///
/// This tells who made a jar. It does not limit what the jar does once it runs, protects neither the folder's other files
/// nor the process from other users of the machine, and does not ask whether a certificate has been revoked.
final class Trust {

    /// Names the trust store, PKCS #12 or JKS; in the environment `LIMBER_TRUST`.
    static final String STORE = "limber.trust";

    /// Its password; in the environment `LIMBER_TRUST_PASSWORD`.
    static final String PASSWORD = "limber.trust.password";

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
            return new Trust("only jars signed under one of the " + certificates.size() + " certificates in " + store
                    + " are installed", false, certificates);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            return new Trust("no jar is installed: the trust store " + store + " cannot be read: "
                    + unreadable.getMessage(), false, Set.of());
        }
    }

    /// What is configured: one line.
    String description() {
        return description;
    }

    /// Throws unless an entry of a jar, all of whose bytes have been read, is signed by somebody trusted.
    void require(String entry, CodeSigner[] signers) {
        if (everybody || signature(entry)) {
            return;
        }
        if (signers == null || signers.length == 0) {
            throw new UsageException("it is not trusted: " + entry + " is not signed");
        }
        for (CodeSigner signer : signers) {
            if (trusted(signer)) {
                return;
            }
        }
        throw new UsageException("it is not trusted: " + entry + " is signed by "
                + ((X509Certificate) signers[0].getSignerCertPath().getCertificates().getFirst())
                        .getSubjectX500Principal().getName()
                + ", which is not in the trust store");
    }

    /// The files that hold the signature cannot be signed themselves.
    private static boolean signature(String entry) {
        return entry.matches("(?i)META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");
    }

    private boolean trusted(CodeSigner signer) {
        List<? extends java.security.cert.Certificate> path = signer.getSignerCertPath().getCertificates();
        try {
            if (path.getFirst() instanceof X509Certificate leaf && certificates.contains(leaf)) {
                leaf.checkValidity();
                return true;
            }
            if (certificates.isEmpty()) {
                return false;
            }
            var anchors = new HashSet<TrustAnchor>();
            certificates.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(signer.getSignerCertPath(), parameters);
            return true;
        } catch (CertificateException invalid) {
            return false;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }
}
