package io.kagu.common.admission;

import io.kagu.common.admission.Thresholds.Percent;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.config.SettingsException;

import java.util.List;

/** The keys of admission, for the service that decides and for the one that tells. */
public final class AdmissionSettings {

    /** What the keys begin with. */
    public static final String PREFIX = "KAGU_ADMISSION_";

    private static final String CAPACITY = "KAGU_ADMISSION_CAPACITY";
    private static final String WARN = "KAGU_ADMISSION_WARN_PERCENT";
    private static final String SHED_LOW = "KAGU_ADMISSION_SHED_LOW_PERCENT";
    private static final String SHED_NORMAL = "KAGU_ADMISSION_SHED_NORMAL_PERCENT";

    private AdmissionSettings() {}

    /** The table with these keys. */
    public static SettingTable addTo(SettingTable table) {
        Percent shares = Percent.DEFAULT;
        return table.integer(CAPACITY, 10_000, 1, 10_000_000, "most waiting jobs of one pool")
                .integer(WARN, shares.warn(), 1, 100, "share from which callers are warned")
                .integer(SHED_LOW, shares.shedLow(), 1, 100, "share from which low is refused")
                .integer(
                        SHED_NORMAL,
                        shares.shedNormal(),
                        1,
                        100,
                        "share from which normal is refused");
    }

    /**
     * The thresholds of one pool.
     *
     * @throws SettingsException if the shares contradict each other
     */
    public static Thresholds of(Settings settings) {
        return Thresholds.of(settings.integer(CAPACITY), shares(settings));
    }

    private static Percent shares(Settings settings) {
        Percent shares =
                new Percent(
                        settings.integer(WARN),
                        settings.integer(SHED_LOW),
                        settings.integer(SHED_NORMAL));
        if (shares.warn() > shares.shedLow() || shares.shedLow() > shares.shedNormal()) {
            throw new SettingsException(
                    List.of(
                            "%s=%d, %s=%d, %s=%d must not fall from left to right"
                                    .formatted(
                                            WARN,
                                            shares.warn(),
                                            SHED_LOW,
                                            shares.shedLow(),
                                            SHED_NORMAL,
                                            shares.shedNormal())));
        }
        return shares;
    }
}
