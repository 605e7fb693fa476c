# attack 22: an officer is removed, so that what he signed no longer counts or cannot be checked
# defence: each entry is judged by the policy at its own position; later changes never reach back
. "$CASES/lib.sh"
decided -e '/wang.wei:$/,/may:/s/wang.wei:/xu.jie:/' -e "s|\"$(line wang.wei)\", \"$(line made)\"|\"$(line stranger)\"|" -e 's/王伟/徐洁/'
show "as zhao.lei release $TWO | head -n 1"
show 'review audit --rescan | tail -n 1'
show 'review audit --kit ../kit >/dev/null && sh ../kit/check.sh public | tail -n 1'
