# attack 3: an approval is replayed onto other content
# defence: a sign-off and a release name SHA-256, size and mode of every file submitted
. "$CASES/lib.sh"
file=$(value 12 file)
accepted "$(signed_third)"
echo '# other bytes'
refused "$(signed_third "swap=$file=>$(echo 'other bytes' | sha256sum | cut -c1-64) ${file#* }")"
echo '# another mode'
refused "$(signed_third 'swap=100644=>100755')"
echo '# a release of other bytes than were approved'
accepted "$(released_second)"
file=$(value 8 file | cut -d' ' -f1)
refused "$(released_second "swap=$file=>$(echo 'other bytes' | sha256sum | cut -c1-64)")"
